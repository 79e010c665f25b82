package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

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
  public NDArray oProjInput(int at, NDArray z, Rows rows) {
    return at == layer && site == Site.O_PROJ_INPUT ? plus(z, rows) : z;
  }

  @Override
  public NDArray blockOutput(int at, NDArray hidden, Rows rows) {
    return at == layer && site == Site.BLOCK_OUTPUT ? plus(hidden, rows) : hidden;
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
