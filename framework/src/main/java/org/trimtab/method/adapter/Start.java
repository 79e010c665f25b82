package org.trimtab.method.adapter;

import org.trimtab.plan.random.CounterRandom;

/** How an adapter's tensors begin. */
public enum Start {
  /**
   * All tensors uniform in +-1/sqrt(inputs), as linear maps begin in MLX and PyTorch: the released
   * code. The adapter changes the model before it has learned anything.
   */
  UNIFORM,
  /** The same, but with 0 in the tensor that writes: the adapter begins as no change. */
  ZERO_OUTPUT;

  /** The values of all tensors, one after the other: a pure function of the seed and the shape. */
  float[] values(Variant variant, int inner, int hidden, long seed) {
    int tensors = variant.names().size();
    int size = inner * hidden;
    float[] values = new float[tensors * size];
    int random = this == UNIFORM ? tensors : tensors - 1;
    for (int i = 0; i < random; i++) {
      CounterRandom own = CounterRandom.of(seed, "adapter").at(i);
      double bound = 1 / Math.sqrt(i == tensors - 1 ? inner : hidden);
      for (int j = 0; j < size; j++) {
        values[i * size + j] = (float) (bound * (2 * own.uniform(j) - 1));
      }
    }
    return values;
  }
}
