package org.trimtab.report;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** The 95 % interval of a mean over seeds, by Student's t distribution. */
public final class SeedInterval {
  private static final double OUTSIDE = 0.05;

  /** More than the quantile of one degree of freedom, the largest of all. */
  private static final double LARGEST = 16;

  private static final int HALVINGS = 60;

  private SeedInterval() {}

  /**
   * The interval around a mean.
   *
   * @param deviation the sample standard deviation over seeds
   * @param seeds their number, 2 or more
   */
  public static Interval around(double mean, double deviation, int seeds) {
    double half = quantile(seeds - 1) * deviation / Math.sqrt(seeds);
    return new Interval(mean - half, mean + half);
  }

  /** The t that is exceeded on either side with 2.5 %, by bisection. */
  static double quantile(int degrees) {
    double low = 0;
    double high = LARGEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double share = degrees / (degrees + middle * middle);
      if (RegularizedBeta.value(share, degrees / 2.0, 0.5) > OUTSIDE) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
