package org.trimtab.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** Compares the scores of two rows on their common items. */
final class PairedComparison {
  /** Standard normal quantiles of 0.975 and 0.8: the factor of the smallest detectable effect. */
  private static final double DETECTABLE = quantile(0.975) + quantile(0.8);

  /** All tables draw the same items. */
  private static final long SEED = 0;

  private PairedComparison() {}

  private static double quantile(double probability) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
  }

  /**
   * The difference of a metric, its test not yet adjusted for others.
   *
   * @return empty when no item is common, or the metric does not follow from items
   */
  static Optional<PairedDifference> of(TableMetric metric, ResultFrame.Common rows) {
    Table common = rows.scores();
    if (common.isEmpty() || !(metric.compared() || metric.perplexity())) {
      return Optional.empty();
    }
    double[] before = common.doubleColumn(ResultFrame.BEFORE).asDoubleArray();
    double[] after = common.doubleColumn(ResultFrame.AFTER).asDoubleArray();
    double @Nullable [] tokens =
        metric.perplexity() ? common.doubleColumn(ResultFrame.TOKENS).asDoubleArray() : null;
    PairedBootstrap bootstrap = new PairedBootstrap(SEED, metric.name());
    if (tokens != null) {
      ToDoubleFunction<int[]> difference =
          drawn -> expOfMean(after, tokens, drawn) - expOfMean(before, tokens, drawn);
      int[] all = IntStream.range(0, after.length).toArray();
      return Optional.of(
          new PairedDifference(
              all.length,
              difference.applyAsDouble(all),
              bootstrap.interval(all.length, difference),
              rows.whole() ? null : expOfMean(before, tokens, all),
              null));
    }
    double[] differences = new double[after.length];
    Arrays.setAll(differences, i -> after[i] - before[i]);
    boolean counts = binary(before) && binary(after);
    double p =
        counts
            ? PairedTests.mcNemar(differences)
            : PairedTests.signFlip(differences, SEED, metric.name());
    double detectable = DETECTABLE * deviation(differences) / Math.sqrt(differences.length);
    String name = counts ? "McNemar" : "sign flip";
    return Optional.of(
        new PairedDifference(
            differences.length,
            Arrays.stream(differences).sum() / differences.length,
            bootstrap.interval(differences),
            rows.whole() ? null : Arrays.stream(before).sum() / before.length,
            new PairedDifference.Test(name, p, p, detectable > 0 ? detectable : null)));
  }

  private static double expOfMean(double[] scores, double[] weights, int[] drawn) {
    double sum = 0;
    double all = 0;
    for (int item : drawn) {
      sum += weights[item] * scores[item];
      all += weights[item];
    }
    return Math.exp(sum / all);
  }

  /** The sample standard deviation; 0 for a single value. */
  static double deviation(double[] values) {
    if (values.length < 2) {
      return 0;
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  private static boolean binary(double[] scores) {
    return Arrays.stream(scores).allMatch(score -> score == 0 || score == 1);
  }
}
