package org.trimtab.spec;

import java.util.List;
import java.util.Optional;

/**
 * What an evaluator measures. Reports, tracking, selection and verification know of its metrics
 * what stands here, and nothing else.
 *
 * @param metrics all metrics that it may give, at least one of them main
 * @param roles what its items' details and scores mean
 */
public record Measurement(List<Metric> metrics, ItemRoles roles) {
  /** Copies and checks. */
  public Measurement {
    metrics = List.copyOf(metrics);
    if (metrics.stream().noneMatch(Metric::main)) {
      throw new IllegalArgumentException("no metric is a main one: " + metrics);
    }
    if (metrics.stream().map(Metric::name).distinct().count() < metrics.size()) {
      throw new IllegalArgumentException("two metrics of one name: " + metrics);
    }
    boolean perplexity =
        metrics.stream().anyMatch(each -> each.aggregation() == Metric.Aggregation.PERPLEXITY);
    if (perplexity && (roles.nll() == null || roles.tokens() == null)) {
      throw new IllegalArgumentException("a perplexity needs the roles nll and tokens: " + roles);
    }
  }

  /** The metric of a name. */
  public Optional<Metric> metric(String name) {
    return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
  }
}
