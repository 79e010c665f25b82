package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What an intervention may know about the tokens of a pass besides their activations. The N tokens
 * are packed: segment after segment (one sequence, or one tree of sequences with a common prefix),
 * without padding.
 *
 * @param lastPrompt [N, 1] in the activations' type, 1 at the last token of each prompt (the
 *     position before the first continuation token), 0 elsewhere
 * @param segments the number of tokens of each segment, in order
 */
public record Rows(NDArray lastPrompt, List<Integer> segments) {
  /** Copies the list. */
  public Rows {
    segments = List.copyOf(segments);
  }
}
