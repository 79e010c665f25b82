package org.trimtab.io;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as readable text, the same in every locale. Journals and CSV keep full precision. */
public final class Numbers {
  private Numbers() {}

  /** A count with thousands separated: {@code 12,345}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** The nearest whole number, in full: {@code 9953280}. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  /**
   * A value with four significant digits, a whole number as such: {@code 17.42}, {@code 0.03125},
   * {@code 1.500e-07}, {@code 3}.
   */
  public static String value(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.3e", value);
    }
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
    int scale = rounded.scale() + 4 - rounded.precision();
    return rounded.setScale(Math.max(0, scale)).toPlainString();
  }

  /** A share in percent with one decimal and without the sign: {@code 22.3}. */
  public static String percent(double share) {
    return unsignedZero(String.format(Locale.ROOT, "%.1f", 100 * share));
  }

  /** A difference of shares in percentage points, always with a sign: {@code +1.2}. */
  public static String points(double difference) {
    return unsignedZero(String.format(Locale.ROOT, "%+.1f", 100 * difference));
  }

  /** A p-value: {@code 0.031}, {@code <0.001}. */
  public static String p(double p) {
    return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** A duration: {@code 0.4 s}, {@code 42 s}, {@code 3 min 05 s}, {@code 2 h 07 min}. */
  public static String duration(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    if (time.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
    }
    long minutes = Math.round(seconds / 60.0);
    return String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }

  /** A number that rounds to zero is shown without a sign. */
  private static String unsignedZero(String text) {
    return text.matches("[+-]0\\.0+") ? text.substring(1) : text;
  }
}
