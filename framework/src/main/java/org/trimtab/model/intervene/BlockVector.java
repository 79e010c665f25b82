package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;

/**
 * A vector added to the output of one block, at all positions.
 *
 * @param layer 0-based block
 * @param vector [D]; closed with this one
 */
public record BlockVector(int layer, NDArray vector) implements Intervention {
  @Override
  public int lowestLayer() {
    return layer;
  }

  @Override
  public NDArray blockOutput(int at, NDArray hidden, Rows rows) {
    return at == layer ? hidden.add(vector.toType(hidden.getDataType(), false)) : hidden;
  }

  @Override
  public void close() {
    vector.close();
  }
}
