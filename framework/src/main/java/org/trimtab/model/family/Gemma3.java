package org.trimtab.model.family;

/**
 * The language model of Gemma 3: norms on queries and keys, and a separate rope for sliding layers.
 */
final class Gemma3 extends Gemma {
  private static final String GLOBAL_BASE = "rope.global.freq_base";
  private static final String LOCAL_BASE = "rope.local.freq_base";

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
  int heads() {
    return 8;
  }

  @Override
  int vocabulary() {
    return 262_208;
  }

  @Override
  int positions() {
    return 131_072;
  }

  @Override
  boolean headNorms() {
    return true;
  }

  @Override
  int fullLayerEvery(HubConfig file) {
    Integer older = file.count("_sliding_window_pattern");
    Integer pattern = file.count("sliding_window_pattern");
    int usual = older == null ? super.fullLayerEvery(file) : older;
    return pattern == null ? usual : pattern;
  }

  @Override
  Rope rope(HubConfig file, int headSize) {
    double theta = file.theta("rope_theta", 1_000_000);
    return file.rope("full_attention", headSize, theta, positions(file));
  }

  @Override
  Rope slidingRope(HubConfig file, int headSize) {
    double theta = file.theta("rope_local_base_freq", 10_000);
    return file.unscaledRope("sliding_attention", headSize, theta, positions(file));
  }

  /** Ollama's converter has a name of its own, and another default with it. */
  @Override
  Rope rope(GgufConfig file, int headSize) {
    double usual = file.has(GLOBAL_BASE) || file.has(LOCAL_BASE) ? 1_000_000 : 10_000;
    double theta = file.theta("rope.freq_base", file.theta(GLOBAL_BASE, usual));
    return file.rope(headSize, theta);
  }

  @Override
  Rope slidingRope(GgufConfig file, int headSize) {
    double theta = file.theta("rope.freq_base_swa", file.theta(LOCAL_BASE, 10_000));
    return file.unscaledRope(headSize, theta);
  }
}
