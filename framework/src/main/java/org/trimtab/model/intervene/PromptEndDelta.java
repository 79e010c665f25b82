package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * A vector added to the input of one layer's o_proj, or to its block's output, at the last prompt
 * position only (arXiv 2502.06115). Tokens after the prompt see it through the key-value cache.
 *
 * @param layer 0-based block
 * @param site where it is added
 * @param delta [A] at the o_proj input, [D] at the block output; gradients flow to it. Closed with
 *     this one
 */
public record PromptEndDelta(int layer, Site site, NDArray delta) implements Intervention {
  /** Where the vector is added. */
  public enum Site {
    /** The concatenated head outputs. */
    O_PROJ_INPUT,
    /** The residual stream after the block. */
    BLOCK_OUTPUT
  }

  @Override
  public int lowestLayer() {
    return layer;
  }

  @Override
  public OptionalLong parameters(long oProjEntries) {
    return OptionalLong.of(delta.size());
  }

  @Override
  public NDArray oProjInput(int at, NDArray z, Rows rows) {
    return at == layer && site == Site.O_PROJ_INPUT ? plus(z, rows) : z;
  }

  @Override
  public NDArray blockOutput(int at, NDArray hidden, Rows rows) {
    return at == layer && site == Site.BLOCK_OUTPUT ? plus(hidden, rows) : hidden;
  }

  /** What is added to the residual stream; at the o_proj input that is W delta. */
  @Override
  public Map<Integer, float[]> directions(IntFunction<NDArray> oProj) {
    try (NDManager scratch = delta.getManager().newSubManager()) {
      NDArray added = delta.toType(DataType.FLOAT32, true);
      added.attach(scratch);
      if (site == Site.O_PROJ_INPUT) {
        NDArray weight = oProj.apply(layer).toType(DataType.FLOAT32, true);
        weight.attach(scratch);
        added = weight.matMul(added.reshape(new Shape(added.size(), 1))).flatten();
      }
      float[] values = added.toFloatArray();
      double squares = 0;
      for (float value : values) {
        squares += (double) value * value;
      }
      if (squares == 0) {
        return Map.of();
      }
      for (int i = 0; i < values.length; i++) {
        values[i] /= (float) Math.sqrt(squares);
      }
      return Map.of(layer, values);
    }
  }

  private NDArray plus(NDArray x, Rows rows) {
    NDArray row = delta.reshape(new Shape(1, delta.size()));
    // Freed with the pass; the delta's own manager outlives it.
    row.attach(x.getManager());
    return x.add(rows.lastPrompt().mul(row.toType(x.getDataType(), false)));
  }

  @Override
  public void close() {
    delta.close();
  }
}
