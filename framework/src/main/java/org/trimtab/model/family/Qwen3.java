package org.trimtab.model.family;

/** Qwen 3, dense: norms on queries and keys instead of Qwen 2's biases. */
final class Qwen3 extends Family {
  Qwen3() {
    super("qwen3");
  }

  @Override
  int keyValueHeads(int heads) {
    return 32;
  }

  @Override
  int headSize(int hidden, int heads) {
    return 128;
  }

  @Override
  boolean headNorms() {
    return true;
  }

  @Override
  boolean slides(HubConfig file, int layer) {
    return Qwen2.slidesAbove(file, layer);
  }
}
