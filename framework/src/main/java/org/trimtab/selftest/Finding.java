package org.trimtab.selftest;

import java.util.Locale;

/**
 * One comparison of a self-test.
 *
 * @param subject the thing compared: a model family, a tensor, a template
 * @param kind the quantity: logits, hidden, edit.greedy, ...
 * @param difference the largest absolute difference; 0 for equal, 1 for unequal discrete things
 * @param tolerance the largest difference that passes; 0 for discrete things
 * @param note further information; may be empty
 */
public record Finding(
    String subject, String kind, double difference, double tolerance, String note) {
  /** Whether it passes; NaN does not. */
  public boolean passes() {
    return difference <= tolerance;
  }

  /** A finding on discrete things. */
  public static Finding equal(String subject, String kind, boolean equal, String note) {
    return new Finding(subject, kind, equal ? 0 : 1, 0, note);
  }

  /** The difference as text: {@code 3.1e-06}, or a word for discrete things. */
  String shown() {
    if (tolerance == 0) {
      return difference == 0 ? "equal" : "UNEQUAL";
    }
    return String.format(Locale.ROOT, "%.1e", difference);
  }
}
