package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Packing;

/**
 * All weights of a model on its device.
 *
 * @param embedding [V, D]
 * @param blocks one per layer
 * @param finalNorm [D]
 * @param unembedding [V, D]; the embedding itself when tied
 */
public record ModelWeights(
    NDArray embedding, List<BlockWeights> blocks, NDArray finalNorm, NDArray unembedding) {
  /** The same with unpacked linear maps; blocks are unpacked as they are read. */
  ModelWeights unpacked(Packing packing, boolean tied) {
    return new ModelWeights(
        embedding,
        new UnpackedBlocks(blocks, packing),
        finalNorm,
        tied ? embedding : packing.unpack(unembedding));
  }

  /** Every tensor once, by a unique name, in a fixed order. */
  public Map<String, NDArray> named() {
    Map<String, NDArray> named = new LinkedHashMap<>();
    named.put("embedding", embedding);
    for (int layer = 0; layer < blocks.size(); layer++) {
      String prefix = "blocks." + layer + ".";
      blocks.get(layer).named().forEach((name, tensor) -> named.put(prefix + name, tensor));
    }
    named.put("final_norm", finalNorm);
    if (unembedding != embedding) {
      named.put("unembedding", unembedding);
    }
    return named;
  }

  /** Blocks as they were before they were packed, each unpacked when it is first asked for. */
  static final class UnpackedBlocks extends AbstractList<BlockWeights> {
    private final List<BlockWeights> packed;
    private final Packing packing;
    private final @Nullable BlockWeights[] known;

    UnpackedBlocks(List<BlockWeights> packed, Packing packing) {
      this.packed = packed;
      this.packing = packing;
      this.known = new BlockWeights[packed.size()];
    }

    @Override
    public BlockWeights get(int layer) {
      BlockWeights block = known[layer];
      if (block == null) {
        block = packed.get(layer).unpacked(packing);
        known[layer] = block;
      }
      return block;
    }

    @Override
    public int size() {
      return packed.size();
    }
  }
}
