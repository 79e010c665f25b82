package org.trimtab.model.family;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Embedding;
import org.trimtab.model.family.ModelConfig.Mlp;
import org.trimtab.model.family.ModelConfig.Norms;
import org.trimtab.model.family.ModelConfig.Positions;
import org.trimtab.model.family.ModelConfig.Sizes;
import org.trimtab.model.family.TensorNames.RowOrder;

/**
 * A family of models: its names, the defaults that its files omit, and how they differ from the
 * decoder's layout. The methods here describe Llama, and a family overrides the differences.
 * Defaults of config.json are those of transformers' configuration classes; defaults of GGUF are
 * llama.cpp's.
 */
public abstract class Family {
  private final String name;

  Family(String name) {
    this.name = name;
  }

  /** The name in messages. */
  public final String name() {
    return name;
  }

  @Override
  public final String toString() {
    return name;
  }

  /** The {@code model_type} in config.json. */
  String modelType() {
    return name;
  }

  /**
   * The {@code model_type} of multimodal models that hold one of this family under {@code
   * text_config}; null for none.
   */
  @Nullable String multimodalType() {
    return null;
  }

  /** The {@code general.architecture} of GGUF files, before all their keys; null for none. */
  @Nullable String architecture() {
    return name;
  }

  /** The name of this family in GGUF files, before all their keys; empty if it has none here. */
  public final Optional<String> ggufArchitecture() {
    return Optional.ofNullable(architecture());
  }

  /** The class that transformers loads models of this family with. */
  final String hubClass() {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "ForCausalLM";
  }

  /**
   * Whether config.json can switch on biases in the MLP; without it, they are left out on loading.
   */
  public boolean mlpBiasSwitch() {
    return false;
  }

  /** Names of tensors in hub folders, where they differ from the usual ones. */
  Map<Tensor, String> hubNames() {
    return Map.of();
  }

  /** Names of tensors in GGUF files, where they differ from the usual ones. */
  Map<Tensor, String> ggufNames() {
    return Map.of();
  }

  /** Possible prefixes of the names in a hub folder. */
  List<String> hubPrefixes() {
    return List.of("model.", "language_model.model.", "model.language_model.", "");
  }

  /** Whether q, k and v are one tensor in the file, and likewise gate and up. */
  boolean fused() {
    return false;
  }

  /** The offset to add to a hub folder's norm weights; converters to GGUF have already added it. */
  float normOffset() {
    return 0;
  }

  /** The order of q and k rows in GGUF files; hub folders have the decoder's. */
  RowOrder ggufRotaryOrder(int headSize) {
    return RowOrder.SAME;
  }

  /** Key-value heads if config.json does not say. */
  int keyValueHeads(int heads) {
    return heads;
  }

  /** Query heads if config.json does not say; 0 if it must. */
  int heads() {
    return 0;
  }

  /** Rows of the embedding if config.json does not say; 0 if it must. */
  int vocabulary() {
    return 0;
  }

  /** Positions that the model was trained for if config.json does not say; 0 if it must. */
  int positions() {
    return 0;
  }

  final int positions(HubConfig file) {
    return file.size("max_position_embeddings", positions());
  }

  /** Entries of a head if config.json does not say. */
  int headSize(int hidden, int heads) {
    return hidden / heads;
  }

  /** Epsilon of the norms if the file does not say. */
  double normEpsilon() {
    return 1e-6;
  }

  /** The MLP's activation if the file does not say. */
  Activation activation() {
    return Activation.SILU;
  }

  /** Whether embedding and unembedding share one matrix if config.json does not say. */
  boolean tied() {
    return false;
  }

  /** Whether queries and keys are normalised head by head. */
  boolean headNorms() {
    return false;
  }

  Norms norms(double epsilon) {
    return new Norms(epsilon, Norms.Place.BEFORE);
  }

  Attention attention(HubConfig file, Sizes sizes) {
    boolean bias = file.truth("attention_bias", false);
    return Attention.of(sizes, headNorms()).withBiases(bias, bias);
  }

  Attention attention(GgufConfig file, Sizes sizes) {
    return Attention.of(sizes, headNorms())
        .withBiases(
            file.hasBias(this, Tensor.QUERY, Tensor.KEY, Tensor.VALUE),
            file.hasBias(this, Tensor.OUTPUT));
  }

  Mlp mlp(HubConfig file) {
    return new Mlp(file.size("intermediate_size"), file.activation(activation()), false);
  }

  Mlp mlp(GgufConfig file) {
    boolean bias = file.hasBias(this, Tensor.GATE, Tensor.UP, Tensor.DOWN);
    return new Mlp(file.size("feed_forward_length", 1 << 22), activation(), bias);
  }

  Embedding embedding(HubConfig file, int hidden) {
    return new Embedding(file.truth("tie_word_embeddings", tied()), 1, 0);
  }

  Embedding embedding(GgufConfig file, int hidden) {
    return new Embedding(file.tied(this), 1, 0);
  }

  Rope rope(HubConfig file, int headSize) {
    return file.rope("full_attention", headSize, file.theta("rope_theta", 10_000), positions(file));
  }

  /** The rope of layers with a sliding window. */
  Rope slidingRope(HubConfig file, int headSize) {
    return file.rope(
        "sliding_attention", headSize, file.theta("rope_theta", 10_000), positions(file));
  }

  /** The rope of layers without a sliding window. */
  Rope rope(GgufConfig file, int headSize) {
    return file.rope(headSize, file.theta("rope.freq_base", 10_000));
  }

  /** The rope of layers with a sliding window. */
  Rope slidingRope(GgufConfig file, int headSize) {
    return rope(file, headSize);
  }

  /** Whether a layer has a sliding window, in a config.json with a window and no layer_types. */
  boolean slides(HubConfig file, int layer) {
    return false;
  }

  /** Whether a layer has a sliding window, in a GGUF file with a window. */
  boolean slides(GgufConfig file, int layer) {
    return false;
  }

  final ModelConfig config(HubConfig file) {
    Sizes sizes = file.sizes(this);
    List<Boolean> sliding = file.sliding(sizes.layers(), layer -> slides(file, layer));
    ModelConfig config =
        new ModelConfig(
            this,
            file.size("vocab_size", vocabulary()),
            sizes.hidden(),
            sizes.layers(),
            positions(file),
            embedding(file, sizes.hidden()),
            attention(file, sizes),
            mlp(file),
            norms(file.epsilon(normEpsilon())),
            new Positions(
                rope(file, sizes.headSize()),
                slidingRope(file, sizes.headSize()),
                sliding.contains(true) ? file.count("sliding_window") : null,
                sliding));
    file.requireUnderstood();
    return config;
  }

  final ModelConfig config(GgufConfig file) {
    Sizes sizes = file.sizes();
    List<Boolean> slides =
        IntStream.range(0, sizes.layers()).mapToObj(layer -> slides(file, layer)).toList();
    Integer window = slides.contains(true) ? file.window() : null;
    return new ModelConfig(
        this,
        file.vocabulary(this),
        sizes.hidden(),
        sizes.layers(),
        file.contextLength(),
        embedding(file, sizes.hidden()),
        attention(file, sizes),
        mlp(file),
        norms(file.number("attention.layer_norm_rms_epsilon", normEpsilon(), 0, 0.1)),
        new Positions(
            rope(file, sizes.headSize()),
            slidingRope(file, sizes.headSize()),
            window,
            slides.stream().map(slide -> slide && window != null).toList()));
  }
}
