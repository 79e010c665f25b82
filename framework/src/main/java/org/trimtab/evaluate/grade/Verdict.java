package org.trimtab.evaluate.grade;

import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.answer.Thoughts;

/**
 * A judge's verdict on one answer.
 *
 * @param grade the grade
 * @param reply the judge's unmodified reply; null if it did not reply
 * @param reason why it is not graded; null if it is
 */
public record Verdict(Grade grade, @Nullable String reply, @Nullable String reason) {
  /**
   * A reply, read by a parser without its thoughts; ungraded if it ends within one.
   *
   * @param prompt what the judge was asked, as text
   */
  static Verdict of(String prompt, String reply, ReplyParser parser) {
    return Thoughts.answer(prompt, reply)
        .map(answer -> new Verdict(parser.parse(answer), reply, null))
        .orElse(new Verdict(Grade.UNGRADED, reply, "the judge's reply: " + Thoughts.UNFINISHED));
  }

  /** No reply, or none that can be graded. */
  public static Verdict ungraded(String reason) {
    return new Verdict(Grade.UNGRADED, null, reason);
  }
}
