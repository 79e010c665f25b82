package org.trimtab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.Training;
import org.trimtab.run.FlatSettings;
import org.trimtab.run.ResultFolder;

/** Makes tables of the journals of one plan, which it reads once. Used by one thread. */
public final class TableMaker {
  private final Plan plan;
  private final List<ScoredCell> cells;
  private final Map<TableOptions, ResultTable> made = new HashMap<>();

  private TableMaker(Plan plan, List<ScoredCell> cells) {
    this.plan = plan;
    this.cells = cells;
  }

  /**
   * Reads the journals that plan.json names.
   *
   * @throws org.trimtab.UserException when nothing ran yet, or a journal is damaged
   */
  public static TableMaker read(ResultFolder folder) {
    Plan plan = folder.plan();
    List<ScoredCell> cells = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      cells.add(ScoredCell.of(plan, cell, folder.journal(cell)));
    }
    return new TableMaker(plan, cells);
  }

  /** The plan. */
  public Plan plan() {
    return plan;
  }

  /** What is known of a cell's fit, as its method names it; empty unless the cell is done. */
  public Optional<ObjectNode> facts(String cell) {
    return cells.stream()
        .filter(each -> each.done() && each.cell().id().equals(cell))
        .findFirst()
        .map(ScoredCell::facts);
  }

  /**
   * Makes a table.
   *
   * @throws org.trimtab.UserException when a column names nothing measured
   */
  public ResultTable table(TableOptions options) {
    return made.computeIfAbsent(options, this::make);
  }

  private ResultTable make(TableOptions options) {
    List<MetricColumns.Column> columns = MetricColumns.of(plan, cells, options);
    List<String> apart =
        options.rows().stream()
            .filter(row -> row.equals(SettingGroup.FOLD) || row.equals(SettingGroup.SEED))
            .toList();
    List<SettingGroup> groups = SettingGroup.of(cells, apart);
    List<TableRow> rows = new ArrayList<>();
    for (SettingGroup group : groups) {
      SettingGroup reference =
          groups.stream()
              .filter(other -> other.key().equals(options.against()) && group.matches(other))
              .findFirst()
              .orElse(null);
      rows.add(row(group, reference, columns, options));
    }
    RowLabels labels = new RowLabels(FlatSettings.keys(plan.cells()), groups);
    List<String> factors = labels.columns(options.rows());
    return new ResultTable(
        plan.name(),
        options.caption().isEmpty() ? plan.question() : options.caption(),
        options.against(),
        cells.size(),
        (int) cells.stream().filter(ScoredCell::done).count(),
        plan.cells().stream().flatMap(cell -> learned(cell).stream()).distinct().toList(),
        factors,
        labels.fixed(factors),
        columns.stream().map(MetricColumns.Column::metric).toList(),
        adjusted(rows));
  }

  private TableRow row(
      SettingGroup group,
      @Nullable SettingGroup reference,
      List<MetricColumns.Column> columns,
      TableOptions options) {
    Map<String, TableRow.Value> values = new LinkedHashMap<>();
    Map<String, Comparison> comparisons = new LinkedHashMap<>();
    Map<String, Difference> costs = new LinkedHashMap<>();
    if (group.hasValues()) {
      for (MetricColumns.Column column : columns) {
        String name = column.metric().name();
        TableRow.Value value = group.value(column);
        if (value != null) {
          values.put(name, value);
        }
        if (column.metric().main()
            && reference != null
            && group != reference
            && reference.hasValues()) {
          compare(column, reference, group, options.seed())
              .ifPresent(comparison -> comparisons.put(name, comparison));
          cost(column, reference, group, options.seed())
              .ifPresent(difference -> costs.put(name, difference));
        }
      }
    }
    return new TableRow(
        group.key(),
        group.method(),
        group.settings(),
        group.items(),
        group.seeds(),
        values,
        comparisons,
        costs,
        group.notes(group == reference),
        group.leaky(),
        group.control(),
        group.ids());
  }

  private static Optional<Comparison> compare(
      MetricColumns.Column column, SettingGroup before, SettingGroup after, long seed) {
    return column.metric().compared()
        ? PairedComparison.of(
            column.metric().name(), before.scores(column), after.scores(column), seed)
        : Optional.empty();
  }

  private static Optional<Difference> cost(
      MetricColumns.Column column, SettingGroup before, SettingGroup after, long seed) {
    return column.metric().perplexity()
        ? PairedComparison.ofLogMeans(
            column.metric().name(),
            before.scores(column),
            after.scores(column),
            after.weights(column.evaluation()),
            seed)
        : Optional.empty();
  }

  private static Optional<String> learned(Cell cell) {
    return Optional.ofNullable(cell.training())
        .map(training -> cell.key() + ": " + learned(training));
  }

  private static String learned(Training training) {
    if (training.leaky()) {
      return training.items().size()
          + " items of "
          + training.dataset()
          + " and scored on the same items (leaky), which is optimistic";
    }
    return training.folds() > 1
        ? training.dataset()
            + " in "
            + training.folds()
            + " folds, every item scored by a cell that did not learn from it"
        : training.items().size() + " items of " + training.dataset() + ", which are not scored";
  }

  /** Holm's correction over every comparison of the table. */
  private static List<TableRow> adjusted(List<TableRow> rows) {
    double[] p =
        rows.stream()
            .flatMap(row -> row.comparisons().values().stream())
            .mapToDouble(Comparison::p)
            .toArray();
    double[] adjusted = Holm.adjust(p);
    List<TableRow> result = new ArrayList<>();
    int next = 0;
    for (TableRow row : rows) {
      Map<String, Comparison> comparisons = new LinkedHashMap<>();
      for (Map.Entry<String, Comparison> entry : row.comparisons().entrySet()) {
        comparisons.put(entry.getKey(), entry.getValue().adjusted(adjusted[next++]));
      }
      result.add(row.compared(comparisons));
    }
    return result;
  }
}
