package org.trimtab.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.UserException;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;

/** The metrics that were measured, as their evaluators declare them. */
final class MetricColumns {
  private MetricColumns() {}

  /** A metric and the evaluation that it comes from. */
  record Column(PlannedEvaluation evaluation, TableMetric metric) {
    private Column main(boolean main) {
      return new Column(evaluation, new TableMetric(metric.prefix(), metric.declared(), main));
    }
  }

  /** All metrics of done cells, the main ones first. */
  static List<Column> of(Plan plan, List<ScoredCell> cells, TableOptions options) {
    Map<String, Column> found = new LinkedHashMap<>();
    for (PlannedEvaluation planned : plan.evaluations()) {
      for (String name : names(cells, planned)) {
        TableMetric metric =
            plan.measurement(planned)
                .metric(name)
                .map(declared -> new TableMetric(planned.metricPrefix(), declared, declared.main()))
                .orElseThrow(
                    () ->
                        new UserException(
                            "evaluator "
                                + planned.evaluator()
                                + " does not declare the metric '"
                                + name
                                + "' of these results; run the spec again"));
        found.put(metric.name(), new Column(planned, metric));
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
              .map(Column::metric)
              .filter(TableMetric::main)
              .map(TableMetric::name)
              .toList();
    }
    List<Column> columns = new ArrayList<>();
    for (String name : main) {
      Optional.ofNullable(found.remove(name)).ifPresent(column -> columns.add(column.main(true)));
    }
    found.values().forEach(column -> columns.add(column.main(false)));
    return columns;
  }

  private static Set<String> names(List<ScoredCell> cells, PlannedEvaluation planned) {
    Set<String> names = new TreeSet<>();
    cells.stream()
        .filter(ScoredCell::done)
        .map(cell -> cell.evaluated().get(planned.name()))
        .filter(Objects::nonNull)
        .forEach(evaluated -> names.addAll(evaluated.metrics().keySet()));
    return names;
  }
}
