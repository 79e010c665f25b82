package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pulls block outputs towards a reference: a' = a + s (reference - mean of a over positions of the
 * sequence), at all positions (fusion steering, arXiv 2505.22572). It expects whole sequences;
 * {@link RowInterventions} applies it to growing ones.
 *
 * @param reference reference vector of every layer, [L, D] in fp32; the caller owns it
 * @param strengths s of every layer, L of them; a layer with 0 is unchanged
 * @param mean the positions over which the mean is taken
 */
public record ReferencePull(NDArray reference, List<Double> strengths, Mean mean)
    implements Intervention {
  /** The positions over which a mean is taken. */
  public enum Mean {
    /** Those of the prompt: a token's shift stays valid as the sequence grows. */
    PROMPT,
    /** All positions so far, as published: every token changes all earlier ones. */
    GROWING
  }

  /** Copies the list. */
  public ReferencePull {
    strengths = List.copyOf(strengths);
  }

  @Override
  public int lowestLayer() {
    int lowest = 0;
    while (lowest < strengths.size() && strengths.get(lowest) == 0) {
      lowest++;
    }
    return lowest == strengths.size() ? Integer.MAX_VALUE : lowest;
  }

  @Override
  public boolean positionWise() {
    return false;
  }

  @Override
  public boolean keepsPast() {
    return mean == Mean.PROMPT;
  }

  /** Expects whole sequences with a mark at the end of the prompt. */
  @Override
  public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
    if (strengths.get(layer) == 0) {
      return hidden;
    }
    NDList results = new NDList();
    int at = 0;
    for (int count : rows.segments()) {
      NDIndex own = new NDIndex("{}:{}", at, at + count);
      NDArray tokens = hidden.get(own);
      NDArray weights = mean == Mean.PROMPT ? prompt(rows.lastPrompt().get(own)) : null;
      results.add(tokens.add(shift(layer, tokens, weights)));
      at += count;
    }
    return NDArrays.concat(results, 0);
  }

  /** 1 up to the marked token, 0 after it; 1 everywhere if none is marked. */
  private static NDArray prompt(NDArray marks) {
    NDArray wide = marks.toType(DataType.FLOAT32, false);
    return wide.cumSum(0).sub(wide).mul(-1).add(1);
  }

  /**
   * The shift that is added to each token of a sequence.
   *
   * @param tokens block outputs of the sequence, [n, D]
   * @param weights 1 for tokens in the mean, [n, 1]; null for all tokens
   * @return s (reference - mean), [1, D] in the type of {@code tokens}
   */
  NDArray shift(int layer, NDArray tokens, @Nullable NDArray weights) {
    NDArray wide = tokens.toType(DataType.FLOAT32, false);
    NDArray mean =
        weights == null
            ? wide.mean(new int[] {0}, true)
            : wide.mul(weights).sum(new int[] {0}, true).div(weights.sum());
    NDArray own = reference.get(layer).reshape(new Shape(1, reference.getShape().get(1)));
    return mean.neg()
        .add(own)
        .mul(strengths.get(layer).floatValue())
        .toType(tokens.getDataType(), false);
  }
}
