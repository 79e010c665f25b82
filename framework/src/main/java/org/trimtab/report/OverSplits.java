package org.trimtab.report;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric over random splits, of which several may score the same item.
 *
 * @param splits the number of splits, and of seeds if there are several: of values
 * @param mean the mean of the values
 * @param population their standard deviation, divided by their number, as arXiv 2604.14174 gives it
 * @param sample their standard deviation, divided by their number less one
 * @param pooled the items of all splits as if they were independent; null for a metric that is not
 *     0 or 1 in both rows
 */
public record OverSplits(
    int splits, double mean, double population, double sample, @Nullable Pooled pooled) {
  static OverSplits of(double[] values, @Nullable Pooled pooled) {
    double sample = PairedComparison.deviation(values);
    int count = values.length;
    double population = sample * Math.sqrt((count - 1.0) / count);
    return new OverSplits(
        count, Arrays.stream(values).average().orElseThrow(), population, sample, pooled);
  }

  /**
   * Passes of all splits together.
   *
   * @param passes items of the row with score 1
   * @param reference the same of the reference, on the same items of the same splits
   * @param items the number of items, each as often as splits score it
   * @param distinct the number of different items
   * @param p of Fisher's exact test, two-sided
   */
  public record Pooled(int passes, int reference, int items, int distinct, double p) {
    /**
     * Pools the scores of items.
     *
     * @param scores the item, the row's score and the reference's
     * @return null unless every score is 0 or 1
     */
    static @Nullable Pooled of(List<double[]> scores) {
      if (scores.isEmpty()
          || scores.stream().anyMatch(each -> !binary(each[1]) || !binary(each[2]))) {
        return null;
      }
      int items = scores.size();
      int passes = (int) scores.stream().mapToDouble(each -> each[1]).sum();
      int reference = (int) scores.stream().mapToDouble(each -> each[2]).sum();
      int distinct = (int) scores.stream().mapToDouble(each -> each[0]).distinct().count();
      double p = PairedTests.fisher(passes, items - passes, reference, items - reference);
      return new Pooled(passes, reference, items, distinct, p);
    }

    private static boolean binary(double score) {
      return score == 0 || score == 1;
    }
  }
}
