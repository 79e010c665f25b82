package org.trimtab.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.trimtab.UserException;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Norms;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.family.TensorNames.RowOrder;
import org.trimtab.model.weights.ScaledWeights;

/**
 * The tensors that a file must hold for a configuration: each is there in its shape, and no other
 * is there, so that nothing is read past or for something else.
 */
final class TensorInventory {
  /** Beginnings of the names of towers for images and sound, which stand beside the text model. */
  private static final List<String> TOWERS =
      List.of(
          "vision_tower.",
          "vision_model.",
          "multi_modal_projector.",
          "audio_tower.",
          "model.vision_tower.",
          "model.multi_modal_projector.",
          "model.audio_tower.",
          "v.",
          "mm.");

  /** Ends of the names of buffers that older programs saved and that follow from the settings. */
  private static final List<String> BUFFERS =
      List.of(
          ".rotary_emb.inv_freq",
          ".rotary_emb.cos_cached",
          ".rotary_emb.sin_cached",
          ".masked_bias",
          ".position_ids",
          ".k_scale",
          ".v_scale");

  /** Factors of the rope, which the configuration reads. */
  private static final Set<String> ROPE = Set.of("rope_freqs.weight");

  private final ScaledWeights file;
  private final ModelConfig config;
  private final TensorNames names;
  private final Set<String> known = new LinkedHashSet<>();

  TensorInventory(ScaledWeights file, ModelConfig config, TensorNames names) {
    this.file = file;
    this.config = config;
    this.names = names;
  }

  /**
   * Rows of a matrix to stack.
   *
   * @param name of the tensor that holds them
   * @param rows all of its rows
   * @param order of the rows in the file
   */
  record Part(String name, long rows, RowOrder order) {}

  /** The tensors of q, k and v in a layer. */
  static List<Part> qkv(
      ModelConfig config, TensorNames names, int layer, BiFunction<Tensor, Integer, String> name) {
    Attention attention = config.attention();
    long queries = config.attentionWidth();
    long keys = (long) attention.keyValueHeads() * attention.headSize();
    if (names.fused()) {
      return List.of(new Part(name.apply(Tensor.QKV, layer), queries + 2 * keys, RowOrder.SAME));
    }
    RowOrder order = names.rotaryOrder(attention.headSize());
    return List.of(
        new Part(name.apply(Tensor.QUERY, layer), queries, order),
        new Part(name.apply(Tensor.KEY, layer), keys, order),
        new Part(name.apply(Tensor.VALUE, layer), keys, RowOrder.SAME));
  }

  /** The tensors of gate and up in a layer. */
  static List<Part> gateUp(
      ModelConfig config, TensorNames names, int layer, BiFunction<Tensor, Integer, String> name) {
    long width = config.mlp().width();
    if (names.fused()) {
      return List.of(new Part(name.apply(Tensor.GATE_UP, layer), 2 * width, RowOrder.SAME));
    }
    return List.of(
        new Part(name.apply(Tensor.GATE, layer), width, RowOrder.SAME),
        new Part(name.apply(Tensor.UP, layer), width, RowOrder.SAME));
  }

  /**
   * Compares the file with the configuration.
   *
   * @throws UserException that names the first tensor that is missing, misshapen, not understood or
   *     unknown
   */
  void check() {
    long hidden = config.hidden();
    require(names.weight(Tensor.EMBEDDING), config.vocabulary(), hidden);
    require(names.weight(Tensor.FINAL_NORM), hidden);
    if (!config.embedding().tied()) {
      require(names.weight(Tensor.UNEMBEDDING), config.vocabulary(), hidden);
    }
    known.add(names.weight(Tensor.UNEMBEDDING));
    known.addAll(ROPE);
    for (int layer = 0; layer < config.layers(); layer++) {
      layer(layer);
    }
    List<String> unknown = new ArrayList<>(file.names());
    unknown.removeIf(name -> known.contains(name) || isExtra(name));
    if (!unknown.isEmpty()) {
      throw new UserException(
          ("%s: tensor '%s'%s is no part of a %s model of %d layers with these settings; what it"
                  + " would change is unknown, so the model is not loaded")
              .formatted(
                  file.file(unknown.get(0)),
                  unknown.get(0),
                  unknown.size() == 1 ? "" : " (and " + (unknown.size() - 1) + " more)",
                  config.family(),
                  config.layers()));
    }
  }

  private static boolean isExtra(String name) {
    return TOWERS.stream().anyMatch(name::startsWith) || BUFFERS.stream().anyMatch(name::endsWith);
  }

  private void layer(int layer) {
    long hidden = config.hidden();
    long width = config.mlp().width();
    Attention attention = config.attention();
    require(names.weight(Tensor.INPUT_NORM, layer), hidden);
    parts(qkv(config, names, layer, names::weight), hidden);
    if (attention.inputBias()) {
      biases(qkv(config, names, layer, names::bias));
    }
    if (attention.headNorms()) {
      require(names.weight(Tensor.QUERY_NORM, layer), config.headSize());
      require(names.weight(Tensor.KEY_NORM, layer), config.headSize());
    }
    require(names.weight(Tensor.OUTPUT, layer), hidden, config.attentionWidth());
    if (attention.outputBias()) {
      biases(List.of(new Part(names.bias(Tensor.OUTPUT, layer), hidden, RowOrder.SAME)));
    }
    require(names.weight(Tensor.MLP_NORM, layer), hidden);
    parts(gateUp(config, names, layer, names::weight), hidden);
    require(names.weight(Tensor.DOWN, layer), hidden, width);
    if (config.mlp().bias()) {
      biases(gateUp(config, names, layer, names::bias));
      biases(List.of(new Part(names.bias(Tensor.DOWN, layer), hidden, RowOrder.SAME)));
    }
    if (config.norms().place() == Norms.Place.AROUND) {
      require(names.weight(Tensor.AFTER_ATTENTION_NORM, layer), hidden);
      require(names.weight(Tensor.AFTER_MLP_NORM, layer), hidden);
    }
  }

  private void parts(List<Part> parts, long columns) {
    parts.forEach(part -> require(part.name(), part.rows(), columns));
  }

  private void biases(List<Part> parts) {
    for (Part part : parts) {
      if (names.absentBiasIsZero() && !file.names().contains(part.name())) {
        continue;
      }
      require(part.name(), part.rows());
    }
  }

  private void require(String name, Number... shape) {
    List<Long> expected = Arrays.stream(shape).map(Number::longValue).toList();
    List<Long> found = file.info(name).shape();
    if (!found.equals(expected)) {
      throw new UserException(
          "%s: tensor '%s' has shape %s, but the configuration says %s"
              .formatted(file.file(name), name, found, expected));
    }
    file.check(name);
    known.add(name);
  }
}
