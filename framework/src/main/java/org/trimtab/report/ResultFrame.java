package org.trimtab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.CellJournal;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import tech.tablesaw.aggregate.NumericAggregateFunction;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.joining.JoinType;
import tech.tablesaw.table.TableSlice;

/**
 * What the done cells of a plan measured, as data frames: {@code cells} has a row per cell with its
 * metrics, {@code items} of an evaluation a row per cell and item with its scores. Folds and seeds
 * are merged here, and rows joined. Used by one thread.
 *
 * <p>Columns besides metrics begin with #, which no name of a metric does. The scores of a
 * perplexity are negative log-likelihoods per token.
 */
final class ResultFrame {
  static final String BEFORE = "#before";
  static final String AFTER = "#after";
  static final String TOKENS = "#tokens";

  private static final String CELL = "#cell";
  private static final String ROW = "#row";
  private static final String SEED = "#seed";
  private static final String ITEM = "#item";

  /** The sum in the order of rows over their number; Tablesaw's own mean has other last digits. */
  private static final NumericAggregateFunction MEAN =
      new NumericAggregateFunction("#mean") {
        @Override
        public Double summarize(NumericColumn<?> column) {
          return Arrays.stream(column.asDoubleArray()).sum() / column.size();
        }
      };

  private final Table cells;
  private final Map<String, Table> items;

  /** Whether some items are left out, so that the metrics of whole cells do not hold. */
  private final boolean part;

  private ResultFrame(Table cells, Map<String, Table> items, boolean part) {
    this.cells = cells;
    this.items = items;
    this.part = part;
  }

  /** A frame without rows for the evaluations of a plan. */
  static ResultFrame of(Plan plan) {
    Table cells = Table.create(IntColumn.create(CELL), LongColumn.create(SEED));
    Map<String, Table> items = new LinkedHashMap<>();
    for (PlannedEvaluation planned : plan.evaluations()) {
      Table own = Table.create(IntColumn.create(CELL), IntColumn.create(ITEM));
      plan.measurement(planned)
          .roles()
          .groups()
          .forEach(group -> own.addColumns(StringColumn.create(group(group))));
      cells.addColumns(DoubleColumn.create(count(planned)));
      for (Metric metric : plan.measurement(planned).metrics()) {
        String name = planned.metricPrefix() + "/" + metric.name();
        if (!cells.containsColumn(name)) {
          cells.addColumns(DoubleColumn.create(name));
        }
        if (metric.aggregation() != Metric.Aggregation.CUSTOM) {
          own.addColumns(DoubleColumn.create(metric.name()));
        }
        if (metric.aggregation() == Metric.Aggregation.PERPLEXITY && !own.containsColumn(TOKENS)) {
          own.addColumns(DoubleColumn.create(TOKENS));
        }
      }
      items.put(planned.name(), own);
    }
    return new ResultFrame(cells, items, /* part= */ false);
  }

  private static String group(String name) {
    return "#group " + name;
  }

  private static String count(PlannedEvaluation planned) {
    return "#items " + planned.name();
  }

  /**
   * Adds a done cell.
   *
   * @param index its place in the plan
   * @throws UserException when a metric is not declared
   */
  void add(Plan plan, int index, CellJournal journal) {
    Cell cell = journal.cell();
    Map<String, Double> row = new LinkedHashMap<>();
    for (PlannedEvaluation planned : cell.evaluations()) {
      Measurement measurement = plan.measurement(planned);
      CellJournal.@Nullable Evaluated complete = journal.evaluated().get(planned.name());
      if (complete != null) {
        for (Map.Entry<String, Double> metric : complete.metrics().entrySet()) {
          if (measurement.metric(metric.getKey()).isEmpty()) {
            throw undeclared(planned, metric.getKey());
          }
          row.put(planned.metricPrefix() + "/" + metric.getKey(), metric.getValue());
        }
      }
      List<ItemResult> results = journal.results(planned.name());
      row.put(count(planned), (double) results.size());
      Table own = items(planned);
      for (ItemResult result : results) {
        own.intColumn(CELL).append(index);
        own.intColumn(ITEM).append(result.item());
        for (String group : measurement.roles().groups()) {
          own.stringColumn(group(group)).append(result.details().path(group).asText(""));
        }
        append(own, scores(measurement, result));
      }
    }
    cells.intColumn(CELL).append(index);
    cells.longColumn(SEED).append(cell.seed());
    append(cells, row);
  }

  private static UserException undeclared(PlannedEvaluation planned, String metric) {
    return new UserException(
        "evaluator %s does not declare the metric '%s' of these results; run the spec again"
            .formatted(planned.evaluator(), metric));
  }

  private static Map<String, Double> scores(Measurement measurement, ItemResult result) {
    Map<String, Double> scores = new LinkedHashMap<>(result.scores());
    for (Metric metric : measurement.metrics()) {
      if (metric.aggregation() == Metric.Aggregation.PERPLEXITY) {
        double nll = result.details().path(measurement.roles().nll()).asDouble();
        double tokens = result.details().path(measurement.roles().tokens()).asDouble();
        scores.put(metric.name(), nll / tokens);
        scores.put(TOKENS, tokens);
      }
    }
    return scores;
  }

  private static void append(Table table, Map<String, Double> values) {
    for (Column<?> column : table.columns()) {
      if (column instanceof DoubleColumn numbers) {
        numbers.append(values.getOrDefault(column.name(), Double.NaN).doubleValue());
      }
    }
  }

  private Table items(PlannedEvaluation planned) {
    Table own = items.get(planned.name());
    return own == null ? Table.create(IntColumn.create(ITEM)) : own;
  }

  /**
   * Every metric that a cell measured, by name within an evaluation, as its evaluator declares it.
   */
  List<TableMetric> metrics(Plan plan) {
    Map<String, TableMetric> found = new LinkedHashMap<>();
    for (PlannedEvaluation planned : plan.evaluations()) {
      Measurement measurement = plan.measurement(planned);
      for (String name : new TreeSet<>(measurement.metrics().stream().map(Metric::name).toList())) {
        Metric declared = measurement.metric(name).orElseThrow();
        TableMetric metric = new TableMetric(planned, declared, declared.main());
        if (!measured(metric).isEmpty()) {
          found.put(metric.name(), metric);
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The cells that measured a metric. */
  private Table measured(TableMetric metric) {
    return cells.where(cells.doubleColumn(metric.name()).isNotMissing());
  }

  /**
   * The frames of rows of a table: of the cells of each group.
   *
   * @param groups the places of cells in the plan
   */
  List<ResultFrame> split(List<List<Integer>> groups) {
    IntColumn cell = IntColumn.create(CELL);
    IntColumn row = IntColumn.create(ROW);
    for (int group = 0; group < groups.size(); group++) {
      for (int index : groups.get(group)) {
        cell.append(index);
        row.append(group);
      }
    }
    Table rows = Table.create(cell, row);
    Map<Integer, Table> ofCells = split(cells, rows);
    Map<String, Map<Integer, Table>> ofItems = new LinkedHashMap<>();
    items.forEach((name, own) -> ofItems.put(name, split(own, rows)));
    List<ResultFrame> frames = new ArrayList<>();
    for (int group = 0; group < groups.size(); group++) {
      Map<String, Table> own = new LinkedHashMap<>();
      for (Map.Entry<String, Map<Integer, Table>> evaluation : ofItems.entrySet()) {
        Table table = evaluation.getValue().get(group);
        if (table != null) {
          own.put(evaluation.getKey(), table);
        }
      }
      frames.add(new ResultFrame(ofCells.getOrDefault(group, cells.emptyCopy()), own, part));
    }
    return frames;
  }

  /** The values of a group of items that occur in evaluations, in the order of the items. */
  List<String> values(String group, Collection<PlannedEvaluation> evaluations) {
    Map<Integer, String> values = new TreeMap<>();
    for (PlannedEvaluation planned : evaluations) {
      Table own = items(planned);
      if (own.containsColumn(group(group))) {
        for (int row = 0; row < own.rowCount(); row++) {
          values.putIfAbsent(own.intColumn(ITEM).get(row), own.stringColumn(group(group)).get(row));
        }
      }
    }
    return values.values().stream().filter(value -> !value.isEmpty()).distinct().toList();
  }

  /** The same cells with the items alone that have a value in a group. */
  ResultFrame only(String group, String value) {
    Map<String, Table> own = new LinkedHashMap<>();
    items.forEach(
        (name, table) -> {
          if (table.containsColumn(group(group))) {
            own.put(name, table.where(table.stringColumn(group(group)).isEqualTo(value)));
          }
        });
    return new ResultFrame(cells, own, /* part= */ true);
  }

  private static Map<Integer, Table> split(Table table, Table rows) {
    Map<Integer, Table> parts = new LinkedHashMap<>();
    for (TableSlice slice : joined(table, CELL, rows).splitOn(ROW)) {
      Table part = slice.asTable();
      parts.put(part.intColumn(ROW).get(0), part);
    }
    return parts;
  }

  private static Table joined(Table left, String on, Table right) {
    return left.joinOn(on).type(JoinType.INNER).with(right).join();
  }

  /** The number of seeds. */
  int seeds() {
    return cells.longColumn(SEED).countUnique();
  }

  /** The number of items of an evaluation that some cell scored. */
  int scored(PlannedEvaluation planned) {
    return items(planned).intColumn(ITEM).countUnique();
  }

  /** The merged metric; null when no cell measured it. */
  TableRow.@Nullable Value value(TableMetric metric) {
    Table measured = measured(metric);
    if (measured.isEmpty() || (part && !(metric.compared() && has(metric)))) {
      return null;
    }
    DoubleColumn seeds = DoubleColumn.create(SEED);
    for (TableSlice folds : measured.sortAscendingOn(SEED, CELL).splitOn(SEED)) {
      seeds.append(mergeFolds(metric, folds.asTable()));
    }
    return new TableRow.Value(
        MEAN.summarize(seeds),
        seeds.size() > 1 ? PairedComparison.deviation(seeds.asDoubleArray()) : null);
  }

  private boolean has(TableMetric metric) {
    return !items(metric.evaluation()).isEmpty();
  }

  /** Every item counts once, and so does every fold of a perplexity. */
  private double mergeFolds(TableMetric metric, Table folds) {
    DoubleColumn values = folds.doubleColumn(metric.name());
    if (values.size() == 1 && !part) {
      return values.getDouble(0);
    }
    if (metric.compared()) {
      Table scored = joined(items(metric.evaluation()), CELL, folds.selectColumns(CELL));
      return MEAN.summarize(means(scored, metric).doubleColumn(metric.shortName()));
    }
    if (metric.perplexity()) {
      return Math.exp(values.logN().sum() / values.size());
    }
    DoubleColumn weights = folds.doubleColumn(count(metric.evaluation()));
    return values.multiply(weights).sum() / weights.sum();
  }

  /** The score of each item, a mean over the cells that scored it, in the order of items. */
  private static Table means(Table scored, TableMetric metric) {
    List<String> columns = new ArrayList<>(List.of(metric.shortName()));
    if (metric.perplexity()) {
      columns.add(TOKENS);
    }
    Table own = scored.where(scored.doubleColumn(metric.shortName()).isNotMissing());
    if (own.intColumn(ITEM).countUnique() < own.rowCount()) {
      own = own.summarize(columns, MEAN).by(ITEM);
      for (String column : columns) {
        own.column(MEAN.functionName() + " [" + column + "]").setName(column);
      }
    }
    columns.add(0, ITEM);
    return own.selectColumns(columns.toArray(String[]::new)).sortAscendingOn(ITEM);
  }

  /**
   * What the cells of random splits measured, one value per split.
   *
   * @param reference the row that is compared with; null for none
   * @return empty when fewer than two cells measured the metric
   */
  Optional<OverSplits> overSplits(TableMetric metric, @Nullable ResultFrame reference) {
    Table measured = measured(metric).sortAscendingOn(CELL);
    if (part || measured.rowCount() < 2) {
      return Optional.empty();
    }
    double[] values = measured.doubleColumn(metric.name()).asDoubleArray();
    boolean pools = metric.compared() && reference != null && reference.has(metric) && has(metric);
    if (!pools || reference == null) {
      return Optional.of(OverSplits.of(values, null));
    }
    Map<Integer, Double> others = new HashMap<>();
    Table before = means(reference.items(metric.evaluation()), metric);
    for (int row = 0; row < before.rowCount(); row++) {
      others.put(before.intColumn(ITEM).get(row), before.doubleColumn(metric.shortName()).get(row));
    }
    Table own = items(metric.evaluation());
    List<double[]> pairs = new ArrayList<>();
    for (int row = 0; row < own.rowCount(); row++) {
      Double other = others.get(own.intColumn(ITEM).get(row));
      if (other != null) {
        double score = own.doubleColumn(metric.shortName()).get(row);
        pairs.add(new double[] {own.intColumn(ITEM).get(row), score, other});
      }
    }
    return Optional.of(OverSplits.of(values, OverSplits.Pooled.of(pairs)));
  }

  /**
   * The scores of two rows on the items that both have.
   *
   * @param scores a row per common item
   * @param whole whether neither row has other items
   */
  record Common(Table scores, boolean whole) {}

  /** The scores of the common items, one by one. */
  List<TableMaker.ItemScore> scores(TableMetric metric, ResultFrame reference) {
    Table scores = common(metric, reference).scores();
    List<TableMaker.ItemScore> pairs = new ArrayList<>();
    for (int row = 0; row < scores.rowCount(); row++) {
      pairs.add(
          new TableMaker.ItemScore(
              scores.intColumn(ITEM).get(row),
              scores.doubleColumn(BEFORE).get(row),
              scores.doubleColumn(AFTER).get(row)));
    }
    return pairs;
  }

  /**
   * The scores of a metric on the items that the reference and this row have in common; none for a
   * metric that is not made of item scores.
   */
  Common common(TableMetric metric, ResultFrame reference) {
    if (!(metric.compared() || metric.perplexity())
        || !reference.items.containsKey(metric.evaluation().name())
        || !items.containsKey(metric.evaluation().name())
        || (part && !(has(metric) && reference.has(metric)))) {
      return new Common(Table.create(), false);
    }
    Table before = means(reference.items(metric.evaluation()), metric);
    Table after = means(items(metric.evaluation()), metric);
    before.column(metric.shortName()).setName(BEFORE);
    after.column(metric.shortName()).setName(AFTER);
    Table scores = joined(before.selectColumns(ITEM, BEFORE), ITEM, after).sortAscendingOn(ITEM);
    int items = scores.rowCount();
    return new Common(scores, items == before.rowCount() && items == after.rowCount());
  }
}
