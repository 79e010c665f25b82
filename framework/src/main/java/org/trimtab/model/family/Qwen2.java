package org.trimtab.model.family;

import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Sizes;

/** Qwen 2 and 2.5: biases on q, k and v. */
final class Qwen2 extends Family {
  Qwen2() {
    super("qwen2");
  }

  @Override
  int keyValueHeads(int heads) {
    return 32;
  }

  @Override
  Attention attention(HubConfig file, Sizes sizes) {
    return super.attention(file, sizes).withBiases(true, false);
  }

  @Override
  boolean slides(HubConfig file, int layer) {
    return slidesAbove(file, layer);
  }

  /** The upper layers slide, but only if that is switched on. */
  static boolean slidesAbove(HubConfig file, int layer) {
    return file.truth("use_sliding_window", false)
        && layer >= file.number("max_window_layers", 28, 0, 1 << 24);
  }
}
