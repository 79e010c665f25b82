package org.trimtab.evaluate.grade;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a judge makes of an answer. The first three are those of SimpleQA. */
public enum Grade {
  /** Holds the gold answer and contradicts nothing of it. */
  CORRECT,
  /** Contradicts the gold answer. */
  INCORRECT,
  /** Neither holds nor contradicts the gold answer. */
  NOT_ATTEMPTED,
  /** The judge replied something that names no grade. */
  UNPARSED,
  /** The judge has not replied (yet). */
  UNGRADED;

  /** The word in files and names of metrics: {@code not_attempted}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The grade of a word; nothing for another word. */
  public static Optional<Grade> of(String word) {
    return Arrays.stream(values()).filter(grade -> grade.word().equals(word)).findFirst();
  }
}
