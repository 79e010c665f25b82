package org.trimtab.evaluate.grade;

import org.jspecify.annotations.Nullable;

/**
 * A judge's verdict on one answer.
 *
 * @param grade the grade
 * @param reply the judge's unmodified reply; null if it did not reply
 * @param reason why it is not graded; null if it is
 */
public record Verdict(Grade grade, @Nullable String reply, @Nullable String reason) {
  /** A reply, read by a parser. */
  static Verdict of(String reply, ReplyParser parser) {
    return new Verdict(parser.parse(reply), reply, null);
  }

  /** No reply. */
  static Verdict ungraded(String reason) {
    return new Verdict(Grade.UNGRADED, null, reason);
  }
}
