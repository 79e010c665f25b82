package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.intervene.FinalAdapter.Released;
import org.trimtab.model.intervene.FinalAdapter.Weights;

/**
 * An adapter on the logits: l' = l + B (A l), the rival of {@link FinalAdapter} in arXiv
 * 2604.14174. It has 2 r V parameters, far more than one on the final hidden state.
 *
 * @param layers the model's number of blocks
 * @param module A [r, V] and B [V, r], without a gate; closed with this one
 * @param factor multiplies what it adds; 0 changes nothing
 * @param released the faults of the released code; null for none
 */
public record LogitAdapter(int layers, Weights module, double factor, @Nullable Released released)
    implements Intervention {
  @Override
  public int lowestLayer() {
    return layers;
  }

  @Override
  public boolean changesLogits() {
    return true;
  }

  @Override
  public NDArray logits(NDArray hidden, Unembedding own) {
    NDArray logits =
        released == null ? own.apply(hidden) : released.head().apply(released.norm().apply(hidden));
    if (factor == 0) {
      return logits;
    }
    NDArray change = module.change(logits);
    return logits.add(factor == 1 ? change : change.mul((float) factor));
  }

  @Override
  public void close() {
    module.close();
  }
}
