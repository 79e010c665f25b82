package org.trimtab.spec;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Exact percentages: 60 % of 30 is 18, without binary rounding. */
final class Percent {
  private Percent() {}

  /** {@code number * percent / 100}, rounded down. */
  static int floor(String percent, int number) {
    return of(percent, number, RoundingMode.FLOOR);
  }

  /** {@code number * percent / 100}, rounded up. */
  static int ceiling(String percent, int number) {
    return of(percent, number, RoundingMode.CEILING);
  }

  /** Whether the number before the sign is at most 100. */
  static boolean valid(String percent) {
    return new BigDecimal(percent).compareTo(BigDecimal.valueOf(100)) <= 0;
  }

  private static int of(String percent, int number, RoundingMode rounding) {
    return new BigDecimal(percent)
        .multiply(BigDecimal.valueOf(number))
        .movePointLeft(2)
        .setScale(0, rounding)
        .intValueExact();
  }
}
