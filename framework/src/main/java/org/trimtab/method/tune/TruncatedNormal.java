package org.trimtab.method.tune;

import org.apache.commons.numbers.gamma.ErfDifference;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The standard normal distribution between two ends, exact in both tails. */
final class TruncatedNormal {
  private static final double ROOT_HALF = Math.sqrt(0.5);
  private static final double ROOT_TWO = Math.sqrt(2);

  /** The probability beyond this many deviations, 1e-18, is lost in the last bit of 1. */
  static final double ALL = 8.8;

  private TruncatedNormal() {}

  /** The logarithm of the probability of [a, b], a < b. */
  static double logMass(double a, double b) {
    if (a > 0) {
      return logMass(-b, -a);
    }
    if (a < -ALL && b > ALL) {
      return 0;
    }
    double low = a * ROOT_HALF;
    double high = b * ROOT_HALF;
    if (b > 0) {
      return Math.log(0.5 * ErfDifference.value(low, high));
    }
    // erfc(x) = exp(-x^2) erfcx(x): the exponent is taken out, so that nothing underflows.
    double lost = Math.exp((high - low) * (high + low)) * Erfcx.value(-low);
    return Math.log(0.5 * (Erfcx.value(-high) - lost)) - high * high;
  }

  /** The value below which a share of the probability between a and b lies. */
  static double quantile(double share, double a, double b) {
    if (a > 0) {
      return -quantile(1 - share, -b, -a);
    }
    double low = a < -ALL ? 0 : 0.5 * Erfc.value(-a * ROOT_HALF);
    double high = b > ALL ? 1 : 0.5 * Erfc.value(-b * ROOT_HALF);
    if (high == 0) {
      return b;
    }
    double value = -ROOT_TWO * InverseErfc.value(2 * (low + share * (high - low)));
    return Math.min(Math.max(value, a), b);
  }
}
