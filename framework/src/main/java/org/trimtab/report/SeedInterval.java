package org.trimtab.report;

import org.apache.commons.statistics.distribution.TDistribution;

/** The 95 % interval of a mean over seeds, by Student's t distribution. */
public final class SeedInterval {
  private static final double TAIL = 0.025;

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

  /** The t that is exceeded on either side with 2.5 %. */
  static double quantile(int degrees) {
    return TDistribution.of(degrees).inverseSurvivalProbability(TAIL);
  }
}
