package org.trimtab.evaluate.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a question was answered.
 *
 * @param text the answer
 * @param tokens how many tokens it has
 * @param ending why it ended: end, stop, limit, or {@link #DIVERGED}
 * @param details what led to it, for the journal: the trial that was kept, its settings and values
 */
public record Answer(String text, int tokens, String ending, ObjectNode details) {
  /** The ending where no trial had finite logits: there is no text. */
  public static final String DIVERGED = "diverged";
}
