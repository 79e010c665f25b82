package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What an intervention may know of the tokens that are being computed, beside their activations.
 * The N tokens of a pass are packed: the tokens of one segment (one sequence, or one tree of
 * sequences with a common start) after those of another, without padding.
 *
 * @param lastPrompt [N, 1] in the activations' type, 1 at tokens that are the last one of their
 *     prompt (the position before the first continuation token), 0 elsewhere
 * @param segments the number of tokens of each segment, in order
 */
public record Rows(NDArray lastPrompt, List<Integer> segments) {
  /** Copies the list. */
  public Rows {
    segments = List.copyOf(segments);
  }
}
