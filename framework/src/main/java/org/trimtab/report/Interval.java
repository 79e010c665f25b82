package org.trimtab.report;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A confidence interval of a mean.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  private static final double TAIL = 0.025;

  /**
   * The 95 % interval of a mean over seeds, by Student's t distribution.
   *
   * @param deviation the sample standard deviation over seeds
   * @param seeds their number, 2 or more
   */
  public static Interval ofSeeds(double mean, double deviation, int seeds) {
    double half = quantile(seeds - 1) * deviation / Math.sqrt(seeds);
    return new Interval(mean - half, mean + half);
  }

  /** The t that is exceeded on either side with 2.5 %. */
  static double quantile(int degrees) {
    return TDistribution.of(degrees).inverseSurvivalProbability(TAIL);
  }
}
