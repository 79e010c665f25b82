package org.trimtab.chat.value;

import java.math.BigDecimal;
import java.math.MathContext;

/** Python's {@code repr} of a float: the shortest decimal that reads back as the same number. */
final class FloatText {
  private static final int DIGITS = 17;

  private FloatText() {}

  static String of(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
    if (number == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    return sign
        + (point > -4 && point <= 16 ? plain(digits, point) : scientific(digits, point - 1));
  }

  private static BigDecimal shortest(double number) {
    BigDecimal exact = new BigDecimal(number);
    for (int digits = 1; digits < DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.doubleValue() == number) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(DIGITS)).stripTrailingZeros();
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
  }
}
