package org.trimtab.report;

import java.util.Arrays;
import org.trimtab.plan.random.CounterRandom;

/**
 * The paired permutation test (Fisher, "The Design of Experiments", 1935): under the null
 * hypothesis every difference could as well have the other sign. Exact when there are few sign
 * patterns, else by 10,000 random ones, counting the observed pattern as one of them (Phipson and
 * Smyth, 2010).
 */
public final class SignFlipTest {
  private static final int PATTERNS = 10_000;
  private static final int EXACT_UP_TO = 13;

  /** Sums that differ by less than this share of their size count as equal. */
  private static final double ROUNDING = 1e-12;

  private SignFlipTest() {}

  /**
   * The two-sided p-value of a mean of paired differences.
   *
   * @param purpose what is compared: with the seed it decides the random signs
   * @return 1 when all differences are 0
   */
  public static double p(double[] differences, long seed, String purpose) {
    double[] moved = Arrays.stream(differences).filter(d -> d != 0).toArray();
    double size = Arrays.stream(moved).map(Math::abs).sum();
    double threshold = Math.abs(Arrays.stream(moved).sum()) - ROUNDING * size;
    if (moved.length <= EXACT_UP_TO) {
      return exact(moved, threshold);
    }
    CounterRandom random = CounterRandom.of(seed, "sign flips " + purpose);
    int extreme = 0;
    for (int pattern = 0; pattern < PATTERNS; pattern++) {
      CounterRandom signs = random.at(pattern);
      double sum = 0;
      long bits = 0;
      for (int i = 0; i < moved.length; i++) {
        if (i % Long.SIZE == 0) {
          bits = signs.bits(i / Long.SIZE);
        }
        sum += (bits & 1) == 0 ? moved[i] : -moved[i];
        bits >>>= 1;
      }
      extreme += Math.abs(sum) >= threshold ? 1 : 0;
    }
    return (1.0 + extreme) / (1.0 + PATTERNS);
  }

  private static double exact(double[] moved, double threshold) {
    int patterns = 1 << moved.length;
    int extreme = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      double sum = 0;
      for (int i = 0; i < moved.length; i++) {
        sum += ((pattern >> i) & 1) == 0 ? moved[i] : -moved[i];
      }
      extreme += Math.abs(sum) >= threshold ? 1 : 0;
    }
    return (double) extreme / patterns;
  }
}
