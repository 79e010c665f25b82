package org.trimtab.method.tune;

import org.trimtab.UserException;
import org.trimtab.spec.StringCoded;

/** The values that a parameter may take, as a spec writes them. */
@StringCoded(
    as =
        "a range such as 0.0..0.1, 0..2 step 0.25, 1e-5..0.1 log or 4..25 integer, one value such as"
            + " fixed 0.05, or choices such as one of input, output",
    pattern = DomainText.FORMS)
public sealed interface Domain permits Numbers, Choices {
  /**
   * Reads one of the forms {@code LOW..HIGH [integer] [log] [step S]}, {@code fixed X} and {@code
   * one of A, B}. Without {@code integer} a range is one of real numbers, whatever its ends look
   * like.
   *
   * @throws UserException for any other text, an empty range, a logarithm of a number that is not
   *     positive, or a range that is not a multiple of its step
   */
  static Domain parse(String text) {
    return DomainText.parse(text);
  }

  /** Whether there is only one value. */
  boolean single();

  /** The value as a number for the tuners: itself, or a choice's index; NaN if it has none. */
  double code(Object value);

  /** The value of such a number, which lies within the domain. */
  Object value(double code);

  /** The value for a number in [0, 1), uniform over the domain (or its logarithm). */
  Object spread(double share);

  /** The number of different values; {@link Integer#MAX_VALUE} for a continuum, or for as many. */
  int size();

  /**
   * Evenly spaced values, including both ends; the middle for one.
   *
   * @param index 0 .. count - 1
   * @param count at most {@link #size()}
   */
  Object level(int index, int count);
}
