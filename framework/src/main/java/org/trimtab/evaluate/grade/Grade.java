package org.trimtab.evaluate.grade;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A judge's grade of an answer. The first three are those of SimpleQA. */
public enum Grade {
  /** Contains the gold answer and does not contradict it. */
  CORRECT,
  /** Contradicts the gold answer. */
  INCORRECT,
  /** Neither contains nor contradicts the gold answer. */
  NOT_ATTEMPTED,
  /** The judge's reply names no grade. */
  UNPARSED,
  /** The judge has not replied (yet). */
  UNGRADED;

  /** The word in files and names of metrics: {@code not_attempted}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The grade of a word; empty for other words. */
  public static Optional<Grade> of(String word) {
    return Arrays.stream(values()).filter(grade -> grade.word().equals(word)).findFirst();
  }
}
