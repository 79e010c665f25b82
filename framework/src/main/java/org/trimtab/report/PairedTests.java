package org.trimtab.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.trimtab.plan.random.CounterRandom;

/** Two-sided tests, mostly of paired differences, and the correction for several of them. */
final class PairedTests {
  private static final int PATTERNS = 10_000;
  private static final int EXACT_UP_TO = 13;

  /** Sums that differ by less than this share of their size count as equal. */
  private static final double ROUNDING = 1e-12;

  /** Probabilities that differ by less than this share count as equal, as in scipy. */
  private static final double FISHER_TIES = 1e-7;

  private PairedTests() {}

  /**
   * McNemar's exact test on paired 0/1 scores (Psychometrika 12, 1947): under the null hypothesis
   * the discordant pairs fall to either side like fair coins.
   *
   * @param gained pairs that are 0 before and 1 after
   * @param lost pairs that are 1 before and 0 after
   * @return 1 when there are no discordant pairs
   */
  static double mcNemar(int gained, int lost) {
    double tail =
        BinomialDistribution.of(gained + lost, 0.5).cumulativeProbability(Math.min(gained, lost));
    return Math.min(1, 2 * tail);
  }

  /** McNemar's test of differences that are all -1, 0 or 1. */
  static double mcNemar(double[] differences) {
    return mcNemar(
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count());
  }

  /**
   * Fisher's exact test of two independent groups ("Statistical Methods for Research Workers", 5th
   * ed. 1934): the probability, given the margins of the table, of tables at most as probable as
   * this one.
   *
   * @param passes of the first group
   * @param failures of the first group
   */
  static double fisher(int passes, int failures, int otherPasses, int otherFailures) {
    HypergeometricDistribution tables =
        HypergeometricDistribution.of(
            passes + failures + otherPasses + otherFailures,
            passes + otherPasses,
            passes + failures);
    double observed = tables.probability(passes) * (1 + FISHER_TIES);
    double p =
        IntStream.rangeClosed(tables.getSupportLowerBound(), tables.getSupportUpperBound())
            .mapToDouble(tables::probability)
            .filter(each -> each <= observed)
            .sum();
    return Math.min(1, p);
  }

  /**
   * The paired permutation test of a mean (Fisher, "The Design of Experiments", 1935): under the
   * null hypothesis every difference could as well have the other sign. Exact when there are few
   * sign patterns, else by 10,000 random ones, counting the observed pattern as one of them
   * (Phipson and Smyth, 2010).
   *
   * @param purpose what is compared: with the seed it decides the random signs
   * @return 1 when all differences are 0
   */
  static double signFlip(double[] differences, long seed, String purpose) {
    double[] moved = Arrays.stream(differences).filter(d -> d != 0).toArray();
    double size = Arrays.stream(moved).map(Math::abs).sum();
    double threshold = Math.abs(Arrays.stream(moved).sum()) - ROUNDING * size;
    boolean exact = moved.length <= EXACT_UP_TO;
    CounterRandom random = CounterRandom.of(seed, "sign flips " + purpose);
    int patterns = exact ? 1 << moved.length : PATTERNS;
    int extreme = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      CounterRandom signs = random.at(pattern);
      double sum = 0;
      long bits = pattern;
      for (int i = 0; i < moved.length; i++) {
        if (!exact && i % Long.SIZE == 0) {
          bits = signs.bits(i / Long.SIZE);
        }
        sum += (bits & 1) == 0 ? moved[i] : -moved[i];
        bits >>>= 1;
      }
      extreme += Math.abs(sum) >= threshold ? 1 : 0;
    }
    return exact ? (double) extreme / patterns : (1.0 + extreme) / (1.0 + patterns);
  }

  /**
   * Holm's correction for multiple comparisons (Scandinavian Journal of Statistics 6, 1979):
   * controls the chance of any false finding, without assumptions.
   *
   * @return the adjusted p-values, in the order given
   */
  static double[] holm(double... p) {
    List<Integer> ascending =
        IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int place = ascending.get(rank);
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[place]));
      adjusted[place] = largest;
    }
    return adjusted;
  }
}
