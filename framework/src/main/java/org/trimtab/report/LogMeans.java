package org.trimtab.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.trimtab.plan.PlannedEvaluation;

/**
 * Finds the item score that a metric is the exponential of: for a perplexity the negative
 * log-probability of a token, averaged with the items' tokens as weights.
 */
final class LogMeans {
  private final List<ScoredCell> cells;
  private final PlannedEvaluation planned;

  LogMeans(List<ScoredCell> cells, PlannedEvaluation planned) {
    this.cells = cells.stream().filter(ScoredCell::done).toList();
    this.planned = planned;
  }

  /** The score from which the metric follows in every cell; nothing when there is none. */
  Optional<String> scoreOf(String metric) {
    TreeSet<String> scores = new TreeSet<>();
    cells.forEach(
        cell -> cell.items(planned).values().forEach(item -> scores.addAll(item.keySet())));
    return scores.stream().filter(score -> explains(score, metric)).findFirst();
  }

  private boolean explains(String score, String metric) {
    boolean any = false;
    for (ScoredCell cell : cells) {
      Double measured = cell.metric(planned, metric);
      if (measured != null) {
        any = true;
        if (MetricColumns.differs(Math.exp(mean(cell, score)), measured)) {
          return false;
        }
      }
    }
    return any;
  }

  /** Not a number when an item lacks the score, which then explains nothing. */
  private double mean(ScoredCell cell, String score) {
    double sum = 0;
    double all = 0;
    for (Map.Entry<Integer, Map<String, Double>> item : cell.items(planned).entrySet()) {
      double weight = cell.weights(planned).getOrDefault(item.getKey(), 1.0);
      sum += weight * item.getValue().getOrDefault(score, Double.NaN);
      all += weight;
    }
    return sum / all;
  }
}
