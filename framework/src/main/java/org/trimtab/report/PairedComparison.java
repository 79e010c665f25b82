package org.trimtab.report;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Compares the scores of two rows on their common items. */
final class PairedComparison {
  /** Standard normal quantiles of 0.975 and 0.8: the factor of the smallest detectable effect. */
  private static final double DETECTABLE = quantile(0.975) + quantile(0.8);

  private PairedComparison() {}

  private static double quantile(double probability) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(probability);
  }

  /**
   * The comparison of one metric, not yet adjusted for others.
   *
   * @param before item scores of the reference
   * @param after item scores of the row
   * @return nothing when there is no common item
   */
  static Optional<Comparison> of(
      String metric, Map<Integer, Double> before, Map<Integer, Double> after, long seed) {
    TreeSet<Integer> common = new TreeSet<>(before.keySet());
    common.retainAll(after.keySet());
    if (common.isEmpty()) {
      return Optional.empty();
    }
    double[] reference = common.stream().mapToDouble(before::get).toArray();
    double[] scores = common.stream().mapToDouble(after::get).toArray();
    double[] differences = new double[scores.length];
    Arrays.setAll(differences, i -> scores[i] - reference[i]);
    boolean counts = binary(reference) && binary(scores);
    double p =
        counts ? McNemar.exact(reference, scores) : SignFlipTest.p(differences, seed, metric);
    return Optional.of(
        new Comparison(
            scores.length,
            Arrays.stream(differences).sum() / scores.length,
            new PairedBootstrap(seed, metric).interval(differences),
            counts ? "McNemar" : "sign flip",
            p,
            p,
            DETECTABLE * deviation(differences) / Math.sqrt(scores.length)));
  }

  /**
   * The difference of two exponentials of weighted means, such as perplexities.
   *
   * @param before item scores of the reference, such as the mean negative log-probability
   * @param after item scores of the row
   * @param weights the weight of an item, such as its number of tokens
   * @return nothing when there is no common item
   */
  static Optional<Difference> ofLogMeans(
      String metric,
      Map<Integer, Double> before,
      Map<Integer, Double> after,
      Map<Integer, Double> weights,
      long seed) {
    TreeSet<Integer> common = new TreeSet<>(before.keySet());
    common.retainAll(after.keySet());
    if (common.isEmpty()) {
      return Optional.empty();
    }
    double[] weight =
        common.stream().mapToDouble(item -> weights.getOrDefault(item, 1.0)).toArray();
    double[] reference = common.stream().mapToDouble(before::get).toArray();
    double[] scores = common.stream().mapToDouble(after::get).toArray();
    ToDoubleFunction<int[]> difference =
        drawn -> expOfMean(scores, weight, drawn) - expOfMean(reference, weight, drawn);
    int[] all = IntStream.range(0, scores.length).toArray();
    return Optional.of(
        new Difference(
            all.length,
            difference.applyAsDouble(all),
            new PairedBootstrap(seed, metric).interval(all.length, difference)));
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
