package org.trimtab.chat.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.trimtab.chat.value.Limits;

/** The parts that Python's two ways of formatting share. */
final class NumberFormat {
  private NumberFormat() {}

  /** A number with a fixed count of digits after the point, correctly rounded; without sign. */
  static String fixed(double number, int digits) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return "inf";
    }
    Limits.text(digits);
    return new BigDecimal(Math.abs(number))
        .setScale(digits, RoundingMode.HALF_EVEN)
        .toPlainString();
  }

  /** Whether a float prints with a minus sign. */
  static boolean isNegative(double number) {
    return !Double.isNaN(number) && Double.doubleToRawLongBits(number) < 0;
  }

  /** How many characters a text lacks of a width. */
  static int missing(String text, int width) {
    return Math.max(0, Limits.text(width) - text.codePointCount(0, text.length()));
  }
}
