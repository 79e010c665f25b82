package org.trimtab.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.PlannedEvaluation;

/** Finds out what was measured, and how metrics follow from item scores. */
final class MetricColumns {
  private static final Set<String> KNOWN =
      Set.of(
          "mc1", "mc2", "exact_match", "representativeness", "perplexity", "contains", "correct");
  private static final int DEFAULT_COLUMNS = 3;
  private static final double ROUNDING = 1e-9;

  private MetricColumns() {}

  /**
   * A metric and the evaluation that it comes from.
   *
   * @param score the item score of its name
   * @param logScore the item score whose weighted mean has the metric as its exponential; null when
   *     there is none
   */
  record Column(
      PlannedEvaluation evaluation, String score, @Nullable String logScore, TableMetric metric) {
    private Column main() {
      TableMetric main =
          new TableMetric(metric.name(), metric.share(), metric.compared(), /* main= */ true);
      return new Column(evaluation, score, logScore, main);
    }
  }

  /** All metrics of done cells, the main ones first. */
  static List<Column> of(List<ScoredCell> cells, TableOptions options) {
    Map<String, Column> found = new LinkedHashMap<>();
    List<PlannedEvaluation> evaluations =
        cells.stream().flatMap(cell -> cell.cell().evaluations().stream()).distinct().toList();
    for (PlannedEvaluation planned : evaluations) {
      for (String score : names(cells, planned)) {
        String name = planned.metricPrefix() + "/" + score;
        boolean compared = isMeanOfItems(cells, planned, score);
        boolean share = compared && isShare(cells, planned, score);
        TableMetric metric = new TableMetric(name, share, compared, /* main= */ false);
        String logScore =
            compared || !metric.perplexity()
                ? null
                : new LogMeans(cells, planned).scoreOf(score).orElse(null);
        found.put(name, new Column(planned, score, logScore, metric));
      }
    }
    return mainFirst(found, options);
  }

  private static List<Column> mainFirst(Map<String, Column> found, TableOptions options) {
    List<String> main = options.columns();
    if (!found.isEmpty() && !found.keySet().containsAll(main)) {
      List<String> unknown = main.stream().filter(name -> !found.containsKey(name)).toList();
      throw new UserException(
          "nothing measured is named "
              + String.join(", ", unknown)
              + " (report: "
              + options.name()
              + "). There are: "
              + String.join(", ", found.keySet()));
    }
    if (main.isEmpty()) {
      main =
          found.values().stream()
              .filter(column -> KNOWN.contains(column.score()))
              .map(column -> column.metric().name())
              .toList();
    }
    if (main.isEmpty()) {
      main = found.keySet().stream().limit(DEFAULT_COLUMNS).toList();
    }
    List<Column> columns = new ArrayList<>();
    for (String name : main) {
      Optional.ofNullable(found.remove(name)).ifPresent(column -> columns.add(column.main()));
    }
    columns.addAll(found.values());
    return columns;
  }

  private static Set<String> names(List<ScoredCell> cells, PlannedEvaluation planned) {
    Set<String> names = new TreeSet<>();
    cells.stream()
        .filter(ScoredCell::done)
        .map(cell -> cell.evaluated().get(planned.name()))
        .forEach(
            evaluated -> {
              if (evaluated != null) {
                names.addAll(evaluated.metrics().keySet());
              }
            });
    return names;
  }

  private static boolean isMeanOfItems(
      List<ScoredCell> cells, PlannedEvaluation planned, String score) {
    for (ScoredCell cell : cells) {
      Double metric = cell.done() ? cell.metric(planned, score) : null;
      if (metric != null) {
        Collection<Map<String, Double>> items = cell.items(planned).values();
        if (items.isEmpty() || !items.stream().allMatch(scores -> scores.containsKey(score))) {
          return false;
        }
        double sum = items.stream().mapToDouble(scores -> scores.getOrDefault(score, 0.0)).sum();
        if (differs(sum / items.size(), metric)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether two numbers are not the same but for rounding; not a number is never the same. */
  static boolean differs(double computed, double metric) {
    return !(Math.abs(computed - metric) <= ROUNDING * (1 + Math.abs(metric)));
  }

  private static boolean isShare(List<ScoredCell> cells, PlannedEvaluation planned, String score) {
    return cells.stream()
        .filter(ScoredCell::done)
        .flatMap(cell -> cell.items(planned).values().stream())
        .mapToDouble(scores -> scores.getOrDefault(score, 0.0))
        .allMatch(value -> value >= 0 && value <= 1);
  }
}
