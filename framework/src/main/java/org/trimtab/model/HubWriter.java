package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.weights.SafetensorsWriter;

/** Writes a decoder's weights in the hub's layout and names, in half precision. */
public final class HubWriter {
  private final ModelConfig config;
  private final TensorNames names;
  private final SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");

  private HubWriter(ModelConfig config) {
    this.config = config;
    names = TensorNames.hub(config.family());
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
    whole(names.weight(Tensor.EMBEDDING), weights.embedding());
    for (int layer = 0; layer < weights.blocks().size(); layer++) {
      block(layer, weights.blocks().get(layer));
    }
    norm(Tensor.FINAL_NORM, 0, weights.finalNorm());
    if (!config.embedding().tied()) {
      whole(names.weight(Tensor.UNEMBEDDING), weights.unembedding());
    }
  }

  private void block(int layer, BlockWeights block) {
    norm(Tensor.INPUT_NORM, layer, block.inputNorm());
    qkv(layer, names::weight, block.qkv());
    qkv(layer, names::bias, block.qkvBias());
    norm(Tensor.QUERY_NORM, layer, block.queryNorm());
    norm(Tensor.KEY_NORM, layer, block.keyNorm());
    whole(names.weight(Tensor.OUTPUT, layer), block.output());
    whole(names.bias(Tensor.OUTPUT, layer), block.outputBias());
    norm(Tensor.AFTER_ATTENTION_NORM, layer, block.afterAttentionNorm());
    norm(Tensor.MLP_NORM, layer, block.mlpNorm());
    gateUp(layer, names::weight, block.gateUp());
    gateUp(layer, names::bias, block.gateUpBias());
    whole(names.weight(Tensor.DOWN, layer), block.down());
    whole(names.bias(Tensor.DOWN, layer), block.downBias());
    norm(Tensor.AFTER_MLP_NORM, layer, block.afterMlpNorm());
  }

  private void qkv(int layer, BiFunction<Tensor, Integer, String> name, @Nullable NDArray stacked) {
    if (names.fused()) {
      whole(name.apply(Tensor.QKV, layer), stacked);
      return;
    }
    int queries = config.attentionWidth();
    int keys = config.attention().keyValueHeads() * config.headSize();
    rows(name.apply(Tensor.QUERY, layer), stacked, 0, queries);
    rows(name.apply(Tensor.KEY, layer), stacked, queries, keys);
    rows(name.apply(Tensor.VALUE, layer), stacked, queries + keys, keys);
  }

  private void gateUp(
      int layer, BiFunction<Tensor, Integer, String> name, @Nullable NDArray stacked) {
    if (names.fused()) {
      whole(name.apply(Tensor.GATE_UP, layer), stacked);
      return;
    }
    int width = config.mlp().width();
    rows(name.apply(Tensor.GATE, layer), stacked, 0, width);
    rows(name.apply(Tensor.UP, layer), stacked, width, width);
  }

  /** A whole tensor: a matrix, or a bias. */
  private void whole(String name, @Nullable NDArray tensor) {
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

  private void norm(Tensor which, int layer, @Nullable NDArray tensor) {
    if (tensor == null) {
      return;
    }
    float[] values = values(tensor);
    for (int i = 0; i < values.length; i++) {
      values[i] -= names.normOffset();
    }
    writer.halves(names.weight(which, layer), shape(tensor.getShape().getShape()), values);
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
