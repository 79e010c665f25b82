package org.trimtab.report;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test on paired 0/1 scores (McNemar, Psychometrika 12, 1947): under the null
 * hypothesis the discordant pairs fall to either side like fair coins.
 */
public final class McNemar {
  private McNemar() {}

  /**
   * The two-sided p-value.
   *
   * @param gained pairs that are 0 before and 1 after
   * @param lost pairs that are 1 before and 0 after
   * @return 1 when there are no discordant pairs
   */
  public static double exact(int gained, int lost) {
    double tail =
        BinomialDistribution.of(gained + lost, 0.5).cumulativeProbability(Math.min(gained, lost));
    return Math.min(1, 2 * tail);
  }

  /** The test on scores of the same items; every score is 0 or 1. */
  public static double exact(double[] before, double[] after) {
    int gained = 0;
    int lost = 0;
    for (int i = 0; i < before.length; i++) {
      gained += after[i] > before[i] ? 1 : 0;
      lost += after[i] < before[i] ? 1 : 0;
    }
    return exact(gained, lost);
  }
}
