package org.trimtab.model.family;

import java.util.Map;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Embedding;
import org.trimtab.model.family.ModelConfig.Norms;
import org.trimtab.model.family.ModelConfig.Sizes;

/**
 * The common part of Gemma 2 and 3: norms around attention and MLP, whose weights hub folders give
 * as weight - 1, a scaled and tied embedding, and sliding layers with full ones in between.
 */
abstract class Gemma extends Family {
  private final int fullLayerEvery;
  private final int layersOf27b;

  /**
   * @param fullLayerEvery the distance between layers without a window, if the file does not say
   * @param layersOf27b blocks of the 27B model, the only one whose attention scale does not follow
   *     from its head size; GGUF files lack the scale
   */
  Gemma(String name, int fullLayerEvery, int layersOf27b) {
    super(name);
    this.fullLayerEvery = fullLayerEvery;
    this.layersOf27b = layersOf27b;
  }

  /** The soft cap on attention scores if config.json does not say; 0 for none. */
  double attentionSoftcap() {
    return 0;
  }

  /** The soft cap on logits if config.json does not say; 0 for none. */
  double logitSoftcap() {
    return 0;
  }

  /** The distance between layers without a window. */
  int fullLayerEvery(HubConfig file) {
    return fullLayerEvery;
  }

  @Override
  Map<Tensor, String> hubNames() {
    return Map.of(Tensor.MLP_NORM, "layers.#.pre_feedforward_layernorm");
  }

  @Override
  float normOffset() {
    return 1;
  }

  @Override
  int keyValueHeads(int heads) {
    return 4;
  }

  @Override
  int headSize(int hidden, int heads) {
    return 256;
  }

  @Override
  Activation activation() {
    return Activation.GELU_TANH;
  }

  @Override
  boolean tied() {
    return true;
  }

  @Override
  Norms norms(double epsilon) {
    return new Norms(epsilon, Norms.Place.AROUND);
  }

  @Override
  Attention attention(HubConfig file, Sizes sizes) {
    return super.attention(file, sizes)
        .withScale(1 / Math.sqrt(file.number("query_pre_attn_scalar", 256, 1e-3, 1e9)))
        .withSoftcap(file.softcap("attn_logit_softcapping", attentionSoftcap()));
  }

  @Override
  Attention attention(GgufConfig file, Sizes sizes) {
    Attention attention = super.attention(file, sizes);
    return sizes.layers() == layersOf27b
        ? attention.withScale(1 / Math.sqrt((double) sizes.hidden() / sizes.heads()))
        : attention;
  }

  @Override
  Embedding embedding(HubConfig file, int hidden) {
    return super.embedding(file, hidden)
        .withScale((float) Math.sqrt(hidden))
        .withLogitSoftcap(file.softcap("final_logit_softcapping", logitSoftcap()));
  }

  @Override
  Embedding embedding(GgufConfig file, int hidden) {
    return super.embedding(file, hidden).withScale((float) Math.sqrt(hidden));
  }

  @Override
  boolean slides(HubConfig file, int layer) {
    return (layer + 1) % fullLayerEvery(file) != 0;
  }

  @Override
  boolean slides(GgufConfig file, int layer) {
    return (layer + 1) % fullLayerEvery != 0;
  }
}
