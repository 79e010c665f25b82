package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.weights.SafetensorsWriter;

/** Writes a decoder's weights in the hub's layout and names, in half precision. */
public final class HubWriter {
  private final ModelConfig config;
  private final HubNames names;
  private final SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");

  private HubWriter(ModelConfig config) {
    this.config = config;
    names = new HubNames("model.", "lm_head.weight", config.family().equals("phi3"));
  }

  /**
   * Writes a safetensors file; the same weights give the same bytes.
   *
   * @param file the file, {@code model.safetensors} in a hub folder
   */
  public static void write(Decoder decoder, Path file) {
    HubWriter hub = new HubWriter(decoder.config());
    hub.add(decoder.weights());
    hub.writer.write(file);
  }

  private void add(ModelWeights weights) {
    matrix(names.embedding(), weights.embedding());
    for (int layer = 0; layer < weights.blocks().size(); layer++) {
      block(layer, weights.blocks().get(layer));
    }
    norm(names.finalNorm(), weights.finalNorm());
    if (!config.tied()) {
      matrix(names.unembedding(), weights.unembedding());
    }
  }

  private void block(int layer, BlockWeights block) {
    norm(names.inputNorm(layer), block.inputNorm());
    qkv(layer, "weight", block.qkv());
    qkv(layer, "bias", block.qkvBias());
    norm(names.queryNorm(layer), block.queryNorm());
    norm(names.keyNorm(layer), block.keyNorm());
    matrix(names.output(layer, "weight"), block.output());
    matrix(names.output(layer, "bias"), block.outputBias());
    norm(names.afterAttentionNorm(layer), block.afterAttentionNorm());
    norm(names.mlpNorm(layer, config.sandwichNorm()), block.mlpNorm());
    gateUp(layer, "weight", block.gateUp());
    gateUp(layer, "bias", block.gateUpBias());
    matrix(names.down(layer, "weight"), block.down());
    matrix(names.down(layer, "bias"), block.downBias());
    norm(names.afterMlpNorm(layer), block.afterMlpNorm());
  }

  private void qkv(int layer, String kind, @Nullable NDArray stacked) {
    @Nullable String whole = names.stackedQkv(layer, kind);
    if (whole != null) {
      matrix(whole, stacked);
      return;
    }
    int queries = config.heads() * config.headSize();
    int keys = config.kvHeads() * config.headSize();
    rows(names.projection(layer, "q", kind), stacked, 0, queries);
    rows(names.projection(layer, "k", kind), stacked, queries, keys);
    rows(names.projection(layer, "v", kind), stacked, queries + keys, keys);
  }

  private void gateUp(int layer, String kind, @Nullable NDArray stacked) {
    @Nullable String whole = names.stackedGateUp(layer, kind);
    if (whole != null) {
      matrix(whole, stacked);
      return;
    }
    rows(names.mlp(layer, "gate", kind), stacked, 0, config.mlp());
    rows(names.mlp(layer, "up", kind), stacked, config.mlp(), config.mlp());
  }

  /** A whole tensor: a matrix, or a bias. */
  private void matrix(String name, @Nullable NDArray tensor) {
    if (tensor != null) {
      rows(name, tensor, 0, (int) tensor.getShape().get(0));
    }
  }

  /** Some rows of a tensor, [rows, ...]. */
  private void rows(String name, @Nullable NDArray tensor, int from, int count) {
    if (tensor == null) {
      return;
    }
    long[] shape = tensor.getShape().getShape();
    int width = (int) (tensor.size() / shape[0]);
    shape[0] = count;
    float[] all = values(tensor);
    float[] part = Arrays.copyOfRange(all, from * width, (from + count) * width);
    writer.halves(name, shape(shape), part);
  }

  private void norm(String name, @Nullable NDArray tensor) {
    if (tensor == null) {
      return;
    }
    float[] values = values(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] -= names.normOffset(config);
    }
    writer.halves(name, shape(tensor.getShape().getShape()), values);
  }

  private static float[] values(NDArray tensor) {
    try (NDArray wide = tensor.toType(DataType.FLOAT32, true)) {
      return wide.toFloatArray();
    }
  }

  private static List<Long> shape(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }
}
