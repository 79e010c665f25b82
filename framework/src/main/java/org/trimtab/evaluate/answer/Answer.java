package org.trimtab.evaluate.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The answer to a question.
 *
 * @param text the answer
 * @param tokens the number of its tokens
 * @param ending why it ended: end, stop, limit, {@link #THINKING} or {@link #DIVERGED}
 * @param details its origin, for the journal: the selected trial with its settings and values
 */
public record Answer(String text, int tokens, String ending, ObjectNode details) {
  /** The ending when a thought has no end: there is no answer. */
  public static final String THINKING = "thinking";

  /** The ending when no trial had finite logits: there is no text. */
  public static final String DIVERGED = "diverged";
}
