package org.trimtab.report;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.trimtab.plan.random.CounterRandom;

/**
 * The percentile bootstrap of a mean of paired differences (Efron and Tibshirani, "An Introduction
 * to the Bootstrap", 1993, chapter 13): items are drawn with replacement, 10,000 times, and the
 * interval runs from the 2.5th to the 97.5th percentile of the means (linear interpolation). The
 * draws depend on seed and purpose alone. Thread-safe.
 */
public final class PairedBootstrap {
  /** The number of resamples. */
  public static final int RESAMPLES = 10_000;

  private static final double TAIL = 0.025;

  private final CounterRandom random;

  /**
   * A bootstrap with its own random numbers.
   *
   * @param purpose what is compared, such as {@code truthfulqa/mc2}: comparisons with the same seed
   *     and purpose draw the same items
   */
  public PairedBootstrap(long seed, String purpose) {
    this.random = CounterRandom.of(seed, "bootstrap " + purpose);
  }

  /**
   * The 95 % interval of the mean.
   *
   * @param differences one difference an item, at least one
   */
  public Interval interval(double[] differences) {
    return interval(
        differences.length,
        drawn -> {
          double sum = 0;
          for (int item : drawn) {
            sum += differences[item];
          }
          return sum / drawn.length;
        });
  }

  /**
   * The 95 % interval of any statistic of items.
   *
   * @param items the number of items, at least one
   * @param statistic of the items drawn, as 0-based indices; it may not keep the array
   */
  public Interval interval(int items, ToDoubleFunction<int[]> statistic) {
    if (items == 0) {
      throw new IllegalArgumentException("no items to resample");
    }
    double[] values = new double[RESAMPLES];
    int[] drawn = new int[items];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      CounterRandom draws = random.at(resample);
      for (int i = 0; i < items; i++) {
        drawn[i] = draws.below(items, i);
      }
      values[resample] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    return new Interval(percentile(values, TAIL), percentile(values, 1 - TAIL));
  }

  /** The percentile of ascending values with linear interpolation, as numpy's default. */
  public static double percentile(double[] ascending, double share) {
    double place = share * (ascending.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
  }
}
