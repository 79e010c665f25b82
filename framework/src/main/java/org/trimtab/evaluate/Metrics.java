package org.trimtab.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;

/** Computes the metrics that evaluators declare from item results, without a model. */
public final class Metrics {
  private Metrics() {}

  /**
   * The metrics of an evaluation, without its prefix, by name in alphabetical order. A mean is left
   * out unless every item has the score.
   */
  public static Map<String, Double> of(Evaluator<?> evaluator, List<ItemResult> results) {
    if (results.isEmpty()) {
      return Map.of();
    }
    Map<String, Double> metrics = declared(evaluator.measurement(), results);
    for (Map.Entry<String, Double> custom : evaluator.custom(results).entrySet()) {
      Optional<Metric> declared = evaluator.measurement().metric(custom.getKey());
      if (declared.isEmpty() || declared.get().aggregation() != Metric.Aggregation.CUSTOM) {
        throw new UserException(
            "evaluator %s computes '%s', which it does not declare as a custom metric"
                .formatted(evaluator.name(), custom.getKey()));
      }
      metrics.put(custom.getKey(), custom.getValue());
    }
    return metrics;
  }

  /** All metrics but custom ones. */
  public static Map<String, Double> declared(Measurement measurement, List<ItemResult> results) {
    Map<String, Double> metrics = new TreeMap<>();
    for (Metric metric : measurement.metrics()) {
      String name = metric.name();
      if (metric.aggregation() == Metric.Aggregation.PERPLEXITY) {
        ItemRoles roles = measurement.roles();
        double nll = sum(results, roles.nll());
        metrics.put(name, Math.exp(nll / sum(results, roles.tokens())));
      } else if (metric.aggregation() == Metric.Aggregation.MEAN
          && results.stream().allMatch(result -> result.scores().containsKey(name))) {
        results.stream()
            .mapToDouble(result -> result.scores().getOrDefault(name, Double.NaN))
            .average()
            .ifPresent(mean -> metrics.put(name, mean));
      }
    }
    return metrics;
  }

  private static double sum(List<ItemResult> results, @Nullable String detail) {
    return results.stream()
        .mapToDouble(result -> result.details().required(detail).asDouble())
        .sum();
  }
}
