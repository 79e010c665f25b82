package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * The directional edit of o_proj weights: W' = W + k d (d^T W) on the output side, W' = W + k (W d)
 * d^T on the input side, so that the component along d of every attention output (or o_proj input)
 * is multiplied by 1 + k. Source: "Directional Enhancement" model cards; notes in docs/methods.md.
 */
public final class OProjEdit implements Intervention {
  /** The axis of W = [D, A] along which the direction lies. */
  public enum Side {
    /** The residual stream: d has D entries. */
    OUTPUT,
    /** The concatenated heads: d has A entries. */
    INPUT
  }

  private final NDManager manager;
  private final Map<Integer, NDArray> directions = new TreeMap<>();
  private final Map<Integer, NDArray> edited = new HashMap<>();
  private final Side side;
  private final double factor;
  private final boolean normPreserving;

  /**
   * Makes an edit.
   *
   * @param parent owns the edited weights until this is closed
   * @param directions unit direction of each layer to edit, [D] or [A]
   * @param factor k; 0 changes nothing, -1 removes the component
   * @param normPreserving whether every column of W' keeps the norm that it had in W
   */
  public OProjEdit(
      NDManager parent,
      Map<Integer, float[]> directions,
      Side side,
      double factor,
      boolean normPreserving) {
    manager = parent.newSubManager();
    directions.forEach((layer, d) -> this.directions.put(layer, manager.create(d)));
    this.side = side;
    this.factor = factor;
    this.normPreserving = normPreserving;
  }

  /** The unit direction of each edited layer, [D] or [A]. */
  public Map<Integer, float[]> directions() {
    Map<Integer, float[]> values = new TreeMap<>();
    directions.forEach((layer, direction) -> values.put(layer, direction.toFloatArray()));
    return values;
  }

  @Override
  public Map<Integer, float[]> directions(IntFunction<NDArray> oProj) {
    return directions();
  }

  /** The axis of W along which the directions lie. */
  public Side side() {
    return side;
  }

  /** The strength k. */
  public double factor() {
    return factor;
  }

  /** Whether every column of W' keeps the norm that it had in W. */
  public boolean normPreserving() {
    return normPreserving;
  }

  @Override
  public int lowestLayer() {
    return directions.keySet().stream().min(Integer::compare).orElse(Integer.MAX_VALUE);
  }

  @Override
  public OptionalLong parameters(long oProjEntries) {
    return OptionalLong.of(factor == 0 ? 0 : directions.size() * oProjEntries);
  }

  @Override
  public NDArray oProjWeight(int layer, NDArray weight) {
    NDArray direction = directions.get(layer);
    if (direction == null || factor == 0) {
      return weight; // also the model's own product, since one with a copy may round differently
    }
    return edited.computeIfAbsent(layer, index -> edit(weight, direction));
  }

  private NDArray edit(NDArray weight, NDArray direction) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray d = direction.toType(weight.getDataType(), true);
      d.attach(scratch);
      NDArray own = weight.duplicate();
      own.attach(scratch);
      NDArray result = own.add(rankOne(own, d).mul((float) factor));
      if (normPreserving) {
        NDArray before = own.norm(new int[] {0}, true);
        NDArray after = result.norm(new int[] {0}, true);
        result = result.mul(before.div(after.maximum(Float.MIN_NORMAL)));
      }
      result.attach(manager);
      return result;
    }
  }

  private NDArray rankOne(NDArray weight, NDArray d) {
    NDArray column = d.reshape(new Shape(d.size(), 1));
    NDArray row = d.reshape(new Shape(1, d.size()));
    return switch (side) {
      case OUTPUT -> column.matMul(row.matMul(weight));
      case INPUT -> weight.matMul(column).matMul(row);
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
