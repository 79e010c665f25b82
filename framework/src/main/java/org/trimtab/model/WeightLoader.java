package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.TensorInventory.Part;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.ModelConfig.Attention;
import org.trimtab.model.family.ModelConfig.Norms;
import org.trimtab.model.family.Tensor;
import org.trimtab.model.family.TensorNames;
import org.trimtab.model.family.TensorNames.RowOrder;
import org.trimtab.model.kernel.Packing;
import org.trimtab.model.weights.WeightFile;

/** Loads a model's weights in the stacked form that the decoder uses. */
final class WeightLoader {
  private final TensorReader reader;
  private final ModelConfig config;
  private final TensorNames names;
  private final @Nullable Packing packing;

  private WeightLoader(
      TensorReader reader, ModelConfig config, TensorNames names, @Nullable Packing packing) {
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
      TensorNames names,
      DataType type,
      @Nullable Packing packing) {
    return new WeightLoader(new TensorReader(manager, file, type), config, names, packing).load();
  }

  private ModelWeights load() {
    NDArray embedding =
        matrix(config.vocabulary(), config.hidden(), names.weight(Tensor.EMBEDDING));
    List<BlockWeights> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      BlockWeights block = block(layer);
      blocks.add(packing == null ? block : block.packed(packing));
    }
    return new ModelWeights(
        embedding, List.copyOf(blocks), norm(Tensor.FINAL_NORM, 0), unembedding(embedding));
  }

  private NDArray unembedding(NDArray embedding) {
    if (config.embedding().tied()) {
      return packing == null ? embedding : packing.pack(embedding);
    }
    NDArray own = matrix(config.vocabulary(), config.hidden(), names.weight(Tensor.UNEMBEDDING));
    return packing == null ? own : packing.replace(own);
  }

  private BlockWeights block(int layer) {
    int hidden = config.hidden();
    int width = config.mlp().width();
    Attention attention = config.attention();
    boolean bias = config.mlp().bias();
    boolean around = config.norms().place() == Norms.Place.AROUND;
    return new BlockWeights(
        norm(Tensor.INPUT_NORM, layer),
        reader.matrix(hidden, TensorInventory.qkv(config, names, layer, names::weight)),
        attention.inputBias()
            ? reader.bias(TensorInventory.qkv(config, names, layer, names::bias))
            : null,
        attention.headNorms() ? headNorm(Tensor.QUERY_NORM, layer) : null,
        attention.headNorms() ? headNorm(Tensor.KEY_NORM, layer) : null,
        matrix(hidden, config.attentionWidth(), names.weight(Tensor.OUTPUT, layer)),
        null,
        attention.outputBias() ? bias(hidden, names.bias(Tensor.OUTPUT, layer)) : null,
        around ? norm(Tensor.AFTER_ATTENTION_NORM, layer) : null,
        norm(Tensor.MLP_NORM, layer),
        reader.matrix(hidden, TensorInventory.gateUp(config, names, layer, names::weight)),
        bias ? reader.bias(TensorInventory.gateUp(config, names, layer, names::bias)) : null,
        matrix(hidden, width, names.weight(Tensor.DOWN, layer)),
        bias ? bias(hidden, names.bias(Tensor.DOWN, layer)) : null,
        around ? norm(Tensor.AFTER_MLP_NORM, layer) : null);
  }

  private NDArray matrix(long rows, long columns, String name) {
    return reader.matrix(columns, List.of(new Part(name, rows, RowOrder.SAME)));
  }

  private NDArray bias(long length, String name) {
    return reader.bias(List.of(new Part(name, length, RowOrder.SAME)));
  }

  private NDArray norm(Tensor tensor, int layer) {
    return reader.norm(config.hidden(), names.weight(tensor, layer), names.normOffset());
  }

  private NDArray headNorm(Tensor tensor, int layer) {
    return reader.norm(config.headSize(), names.weight(tensor, layer), names.normOffset());
  }
}
