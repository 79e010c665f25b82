package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.model.weights.StorageType;
import org.trimtab.model.weights.TensorContent;

/** Writes a decoder's weights in the hub's layout and names. */
public final class HubWriter {
  private final ModelConfig config;
  private final TensorNames names;
  private final StorageType type;
  private final Intervention intervention;
  private final SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");

  private HubWriter(ModelConfig config, StorageType type, Intervention intervention) {
    this.config = config;
    this.type = type;
    this.intervention = intervention;
    names = TensorNames.hub(config.family());
  }

  /**
   * Writes a safetensors file in half precision; the same weights give the same bytes.
   *
   * @param file the file, {@code model.safetensors} in a hub folder
   */
  public static void write(Decoder decoder, Path file) {
    write(decoder, file, StorageType.F16, Intervention.NONE, null, Map.of());
  }

  /**
   * Writes a safetensors file.
   *
   * @param file the file, {@code model.safetensors} in a hub folder
   * @param type F32, F16 or BF16
   * @param intervention gives the o_proj weights
   * @param head an unembedding in place of the decoder's own, [V, D]; null for its own
   * @param further tensors that the decoder lacks, by name
   */
  public static void write(
      Decoder decoder,
      Path file,
      StorageType type,
      Intervention intervention,
      @Nullable NDArray head,
      Map<String, float[]> further) {
    HubWriter hub = new HubWriter(decoder.config(), type, intervention);
    ModelWeights weights = decoder.weights();
    hub.add(weights, head == null ? weights.unembedding() : head);
    further.forEach(
        (name, values) ->
            hub.writer.add(
                TensorContent.floats(name, type, List.of((long) values.length), () -> values)));
    hub.writer.write(file);
  }

  private void add(ModelWeights weights, NDArray head) {
    whole(names.weight(Tensor.EMBEDDING), weights.embedding());
    for (int layer = 0; layer < weights.blocks().size(); layer++) {
      block(layer, weights.blocks().get(layer));
    }
    norm(Tensor.FINAL_NORM, 0, weights.finalNorm());
    if (!config.embedding().tied()) {
      whole(names.weight(Tensor.UNEMBEDDING), head);
    }
  }

  private void block(int layer, BlockWeights block) {
    norm(Tensor.INPUT_NORM, layer, block.inputNorm());
    qkv(layer, names::weight, block.qkv());
    qkv(layer, names::bias, block.qkvBias());
    norm(Tensor.QUERY_NORM, layer, block.queryNorm());
    norm(Tensor.KEY_NORM, layer, block.keyNorm());
    whole(names.weight(Tensor.OUTPUT, layer), intervention.oProjWeight(layer, block.output()));
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
    tensor(
        name,
        shape,
        () -> Arrays.copyOfRange(values(tensor), from * width, (from + count) * width));
  }

  private void norm(Tensor which, int layer, @Nullable NDArray tensor) {
    if (tensor == null) {
      return;
    }
    tensor(
        names.weight(which, layer),
        tensor.getShape().getShape(),
        () -> {
          float[] values = values(tensor);
          for (int i = 0; i < values.length; i++) {
            values[i] -= names.normOffset();
          }
          return values;
        });
  }

  private void tensor(String name, long[] shape, Supplier<float[]> values) {
    List<Long> lengths = Arrays.stream(shape).boxed().toList();
    writer.add(TensorContent.floats(name, type, lengths, values));
  }

  private static float[] values(NDArray tensor) {
    try (NDArray wide = tensor.toType(DataType.FLOAT32, true)) {
      return wide.toFloatArray();
    }
  }
}
