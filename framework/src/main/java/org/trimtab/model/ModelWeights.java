package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
}
