package org.trimtab.method.adapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.FinalAdapter.Weights;

/** The form of an adapter. */
public enum Variant {
  /** h' = h + (sigmoid(h Wg^T) * (h Wu^T)) Wd^T. */
  GATED(64),
  /** h' = h + (h Wdown^T) Wup^T. */
  LINEAR(96),
  /** On the logits l of all V tokens: l' = l + B (A l), 2 r V parameters. */
  LOGITS(64);

  private final int inner;

  Variant(int inner) {
    this.inner = inner;
  }

  /** The width of what it reads and writes: V on the logits, else D. */
  int width(ModelConfig config) {
    return this == LOGITS ? config.vocabulary() : config.hidden();
  }

  /** The published inner size. */
  int inner() {
    return inner;
  }

  /**
   * The names of the tensors, in the order of {@link Weights#tensors}: all but the last are [r, D],
   * the last one is [D, r].
   */
  public List<String> names() {
    return this == GATED ? List.of("gate", "up", "down") : List.of("down", "up");
  }

  /** The number of parameters. */
  long parameters(int inner, int hidden) {
    return (long) names().size() * inner * hidden;
  }

  /**
   * A module on the device.
   *
   * @param manager owns its tensors
   * @param values all tensors, one after the other, row-major
   */
  public Weights module(NDManager manager, float[] values, int hidden) {
    int inner = values.length / names().size() / hidden;
    NDArray[] tensors = new NDArray[names().size()];
    for (int i = 0; i < tensors.length; i++) {
      boolean last = i == tensors.length - 1;
      tensors[i] =
          manager.create(
              part(values, i), last ? new Shape(hidden, inner) : new Shape(inner, hidden));
    }
    return this == GATED
        ? new Weights(tensors[0], tensors[1], tensors[2])
        : new Weights(null, tensors[0], tensors[1]);
  }

  /** One tensor of all. */
  float[] part(float[] values, int index) {
    int size = values.length / names().size();
    return Arrays.copyOfRange(values, index * size, (index + 1) * size);
  }

  /** All tensors of a module, one after the other. */
  static float[] values(Weights module) {
    List<NDArray> tensors = module.tensors();
    int size = Math.toIntExact(tensors.get(0).size());
    float[] all = new float[size * tensors.size()];
    for (int i = 0; i < tensors.size(); i++) {
      System.arraycopy(tensors.get(i).toFloatArray(), 0, all, i * size, size);
    }
    return all;
  }
}
