package org.trimtab.model.family;

/**
 * The language model of Gemma 3: norms on queries and keys, and a separate rope for sliding layers.
 */
final class Gemma3 extends Gemma {
  Gemma3() {
    super("gemma3", 6, 62);
  }

  @Override
  String modelType() {
    return "gemma3_text";
  }

  @Override
  String multimodalType() {
    return "gemma3";
  }

  @Override
  boolean headNorms() {
    return true;
  }

  @Override
  int fullLayerEvery(HubConfig file) {
    double usual = file.number("_sliding_window_pattern", super.fullLayerEvery(file));
    return Math.max(1, (int) file.number("sliding_window_pattern", usual));
  }

  @Override
  Rope rope(HubConfig file, int headSize) {
    return file.rope("full_attention", headSize, file.number("rope_theta", 1_000_000));
  }

  @Override
  Rope slidingRope(HubConfig file, int headSize) {
    double theta = file.number("rope_local_base_freq", 10_000);
    return file.unscaledRope("sliding_attention", headSize, theta);
  }

  @Override
  Rope slidingRope(GgufConfig file, int headSize) {
    return file.unscaledRope(headSize, file.number("rope.freq_base_swa", 10_000));
  }
}
