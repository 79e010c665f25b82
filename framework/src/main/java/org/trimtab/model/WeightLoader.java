package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.TensorReader.Part;
import org.trimtab.model.TensorReader.RowOrder;
import org.trimtab.model.kernel.Packing;
import org.trimtab.model.weights.WeightFile;

/** Loads a model's weights in the stacked form that the decoder uses. */
final class WeightLoader {
  private final TensorReader reader;
  private final ModelConfig config;
  private final WeightNames names;
  private final @Nullable Packing packing;

  private WeightLoader(
      TensorReader reader, ModelConfig config, WeightNames names, @Nullable Packing packing) {
    this.reader = reader;
    this.config = config;
    this.names = names;
    this.packing = packing;
  }

  /**
   * Reads all weights to the manager's device.
   *
   * @param packing packs the linear maps but o_proj; null leaves all plain
   */
  static ModelWeights load(
      NDManager manager,
      WeightFile file,
      ModelConfig config,
      WeightNames names,
      DataType type,
      @Nullable Packing packing) {
    return new WeightLoader(new TensorReader(manager, file, type), config, names, packing).load();
  }

  private ModelWeights load() {
    NDArray embedding = matrix(config.vocabulary(), config.hidden(), names.embedding());
    List<BlockWeights> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      BlockWeights block = block(layer);
      blocks.add(packing == null ? block : block.packed(packing));
    }
    return new ModelWeights(
        embedding, List.copyOf(blocks), norm(names.finalNorm()), unembedding(embedding));
  }

  private NDArray unembedding(NDArray embedding) {
    if (config.tied()) {
      return packing == null ? embedding : packing.pack(embedding);
    }
    NDArray own = matrix(config.vocabulary(), config.hidden(), names.unembedding());
    return packing == null ? own : packing.replace(own);
  }

  private BlockWeights block(int layer) {
    int hidden = config.hidden();
    boolean sandwich = config.sandwichNorm();
    List<Part> qkv = qkv(layer, "weight");
    return new BlockWeights(
        norm(names.inputNorm(layer)),
        reader.matrix(hidden, qkv),
        config.qkvBias() ? reader.bias(qkv(layer, "bias")) : null,
        config.qkNorm() ? headNorm(names.queryNorm(layer)) : null,
        config.qkNorm() ? headNorm(names.keyNorm(layer)) : null,
        matrix(hidden, config.attentionWidth(), names.output(layer, "weight")),
        null,
        config.outputBias() ? bias(hidden, names.output(layer, "bias")) : null,
        sandwich ? norm(names.afterAttentionNorm(layer)) : null,
        norm(names.mlpNorm(layer, sandwich)),
        reader.matrix(hidden, gateUp(layer, "weight")),
        config.mlpBias() ? reader.bias(gateUp(layer, "bias")) : null,
        matrix(hidden, config.mlp(), names.down(layer, "weight")),
        config.mlpBias() ? bias(hidden, names.down(layer, "bias")) : null,
        sandwich ? norm(names.afterMlpNorm(layer)) : null);
  }

  private List<Part> qkv(int layer, String kind) {
    long queries = (long) config.heads() * config.headSize();
    long keys = (long) config.kvHeads() * config.headSize();
    @Nullable String stacked = names.stackedQkv(layer, kind);
    if (stacked != null) {
      return List.of(new Part(stacked, queries + 2 * keys, RowOrder.SAME));
    }
    RowOrder order = names.rotaryOrder(config);
    return List.of(
        new Part(names.projection(layer, "q", kind), queries, order),
        new Part(names.projection(layer, "k", kind), keys, order),
        new Part(names.projection(layer, "v", kind), keys, RowOrder.SAME));
  }

  private List<Part> gateUp(int layer, String kind) {
    @Nullable String stacked = names.stackedGateUp(layer, kind);
    if (stacked != null) {
      return List.of(new Part(stacked, 2L * config.mlp(), RowOrder.SAME));
    }
    return Stream.of("gate", "up")
        .map(part -> new Part(names.mlp(layer, part, kind), config.mlp(), RowOrder.SAME))
        .toList();
  }

  private NDArray matrix(long rows, long columns, String name) {
    return reader.matrix(columns, List.of(new Part(name, rows, RowOrder.SAME)));
  }

  private NDArray bias(long length, String name) {
    return reader.bias(List.of(new Part(name, length, RowOrder.SAME)));
  }

  private NDArray norm(String name) {
    return reader.norm(config.hidden(), name, names.normOffset(config));
  }

  private NDArray headNorm(String name) {
    return reader.norm(config.headSize(), name, names.normOffset(config));
  }
}
