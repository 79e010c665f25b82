package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;

/**
 * A bias added to every block's output, at all positions.
 *
 * @param biases one per block, [L, D]; gradients flow to them. Closed with this one
 */
public record BlockBias(NDArray biases) implements Intervention {
  @Override
  public int lowestLayer() {
    return 0;
  }

  @Override
  public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
    NDArray bias = biases.get(layer);
    // Freed with the pass; the biases' own manager outlives it.
    bias.attach(hidden.getManager());
    return hidden.add(bias.toType(hidden.getDataType(), false));
  }

  @Override
  public void close() {
    biases.close();
  }
}
