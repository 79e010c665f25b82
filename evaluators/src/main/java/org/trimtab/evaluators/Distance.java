package org.trimtab.evaluators;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Distances between two distributions over the same options. */
final class Distance {
  private Distance() {}

  /**
   * Wasserstein-1: the area between the two cumulative distributions over the scale.
   *
   * @param scale where each option stands, in any order
   */
  static double wasserstein(List<Double> scale, double[] first, double[] second) {
    int[] order =
        IntStream.range(0, scale.size())
            .boxed()
            .sorted(Comparator.comparing(scale::get))
            .mapToInt(i -> i)
            .toArray();
    double area = 0;
    double ahead = 0;
    for (int i = 0; i < order.length - 1; i++) {
      ahead += first[order[i]] - second[order[i]];
      area += Math.abs(ahead) * (scale.get(order[i + 1]) - scale.get(order[i]));
    }
    return area;
  }

  /** The largest Wasserstein-1 distance on a scale: from one end to the other. */
  static double largest(List<Double> scale) {
    double least = scale.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double most = scale.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return most - least;
  }

  /**
   * KL(first || second) in nats.
   *
   * @param logSecond logarithms of the second distribution
   */
  static double kullbackLeibler(double[] first, double[] logSecond) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += first[i] == 0 ? 0 : first[i] * (Math.log(first[i]) - logSecond[i]);
    }
    return sum;
  }

  /** Logarithms of the distribution that some log-probabilities are when they sum to 1. */
  static double[] renormalised(double[] logs) {
    double most = IntStream.range(0, logs.length).mapToDouble(i -> logs[i]).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    double all = most + Math.log(sum);
    return IntStream.range(0, logs.length).mapToDouble(i -> logs[i] - all).toArray();
  }
}
