package org.trimtab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Training;
import org.trimtab.run.CellJournal;
import org.trimtab.run.FlatSettings;
import org.trimtab.run.ResultFolder;
import org.trimtab.spec.Report;

/** Makes tables of the journals of one plan, which it reads once. Used by one thread. */
public final class TableMaker {
  private final Plan plan;
  private final List<ScoredCell> cells;
  private final ResultFrame frame;
  private final Map<Report.Table, ResultTable> made = new HashMap<>();

  /** The rows of tables by what is not merged in them: folds, seeds, both or neither. */
  private final Map<List<String>, List<Row>> rows = new HashMap<>();

  private TableMaker(Plan plan, List<ScoredCell> cells, ResultFrame frame) {
    this.plan = plan;
    this.cells = cells;
    this.frame = frame;
  }

  /** A row before it is compared: its cells, and what the done ones among them measured. */
  private record Row(SettingGroup group, ResultFrame frame) {}

  /**
   * Reads the journals that plan.json names.
   *
   * @throws org.trimtab.UserException when nothing ran yet, or a journal is damaged
   */
  public static TableMaker read(ResultFolder folder) {
    Plan plan = folder.plan();
    List<ScoredCell> cells = new ArrayList<>();
    ResultFrame frame = ResultFrame.of(plan);
    for (Cell cell : plan.cells()) {
      Optional<CellJournal> journal = folder.journal(cell);
      ScoredCell scored = ScoredCell.of(cells.size(), cell, journal);
      if (scored.done()) {
        frame.add(plan, scored.index(), journal.orElseThrow());
      }
      cells.add(scored);
    }
    return new TableMaker(plan, cells, frame);
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
  public ResultTable table(Report.Table options) {
    return made.computeIfAbsent(options, this::make);
  }

  /**
   * An item's score in two rows.
   *
   * @param before in the reference row
   * @param after in the row
   */
  public record ItemScore(int item, double before, double after) {}

  /** The scores of a row's items that the reference row has, too; none for other metrics. */
  public List<ItemScore> scores(Report.Table options, TableRow row, TableMetric metric) {
    List<Row> all =
        split(options.by(), rows.computeIfAbsent(apart(options), this::rows), metrics(options));
    return all.stream()
        .filter(each -> each.group().ids().equals(row.cells()))
        .filter(each -> each.group().settings().equals(row.settings()))
        .flatMap(
            each ->
                Optional.ofNullable(reference(each, all, options)).stream()
                    .flatMap(other -> each.frame().scores(metric, other.frame()).stream()))
        .toList();
  }

  private static List<String> apart(Report.Table options) {
    return options.rows().stream()
        .filter(row -> row.equals(SettingGroup.FOLD) || row.equals(SettingGroup.SEED))
        .toList();
  }

  private static @Nullable Row reference(Row row, List<Row> all, Report.Table options) {
    return all.stream()
        .filter(other -> other.group().key().equals(options.reference()))
        .filter(other -> row.group().matches(other.group()))
        .findFirst()
        .orElse(null);
  }

  private ResultTable make(Report.Table options) {
    List<TableMetric> metrics = metrics(options);
    List<String> apart = apart(options);
    List<Row> all = split(options.by(), rows.computeIfAbsent(apart, this::rows), metrics);
    PlannedEvaluation counted = counted(options.by(), metrics);
    List<TableRow> compared = new ArrayList<>();
    for (Row row : all) {
      @Nullable Row reference = reference(row, all, options);
      compared.add(row(row, reference, metrics, counted));
    }
    List<SettingGroup> groups = all.stream().map(Row::group).toList();
    RowLabels labels = new RowLabels(FlatSettings.keys(plan.cells()), groups);
    List<String> factors = labels.columns(options.rows());
    return new ResultTable(
        plan.name(),
        Objects.requireNonNullElse(options.caption(), plan.question()),
        options.reference(),
        cells.size(),
        (int) cells.stream().filter(ScoredCell::done).count(),
        plan.cells().stream().flatMap(cell -> learned(cell).stream()).distinct().toList(),
        factors,
        labels.fixed(factors),
        metrics,
        adjusted(compared));
  }

  private List<Row> rows(List<String> apart) {
    List<SettingGroup> groups = SettingGroup.of(cells, apart);
    List<ResultFrame> frames = frame.split(groups.stream().map(SettingGroup::indices).toList());
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      made.add(new Row(groups.get(i), frames.get(i)));
    }
    return made;
  }

  /** All metrics that were measured, the main ones first. */
  private List<TableMetric> metrics(Report.Table options) {
    Map<String, TableMetric> found = new LinkedHashMap<>();
    frame.metrics(plan).forEach(metric -> found.put(metric.name(), metric));
    List<String> main = options.columns();
    List<String> unknown = main.stream().filter(name -> !found.containsKey(name)).toList();
    if (!found.isEmpty() && !unknown.isEmpty()) {
      throw new UserException(
          "nothing measured is named "
              + String.join(", ", unknown)
              + " (report: "
              + options.name()
              + "). There are: "
              + String.join(", ", found.keySet()));
    }
    if (main.isEmpty()) {
      main = found.values().stream().filter(TableMetric::main).map(TableMetric::name).toList();
    }
    List<TableMetric> metrics = new ArrayList<>();
    for (String name : main) {
      Optional.ofNullable(found.remove(name)).ifPresent(metric -> metrics.add(metric.main(true)));
    }
    found.values().forEach(metric -> metrics.add(metric.main(false)));
    return metrics;
  }

  /** Every row once for each value of a group of items. */
  private List<Row> split(@Nullable String by, List<Row> all, List<TableMetric> metrics) {
    if (by == null) {
      return all;
    }
    List<PlannedEvaluation> shown =
        metrics.stream().filter(TableMetric::main).map(TableMetric::evaluation).distinct().toList();
    List<String> values = frame.values(by, shown);
    return all.stream()
        .flatMap(
            row ->
                values.stream()
                    .map(
                        value -> new Row(row.group().only(by, value), row.frame().only(by, value))))
        .toList();
  }

  /** The evaluation whose items split rows count; null for the first one. */
  private @Nullable PlannedEvaluation counted(@Nullable String by, List<TableMetric> metrics) {
    return metrics.stream()
        .filter(metric -> by != null && metric.main())
        .map(TableMetric::evaluation)
        .filter(each -> plan.measurement(each).roles().groups().contains(by))
        .findFirst()
        .orElse(null);
  }

  private static TableRow row(
      Row row,
      @Nullable Row reference,
      List<TableMetric> metrics,
      @Nullable PlannedEvaluation counted) {
    SettingGroup group = row.group();
    Map<String, TableRow.Value> values = new LinkedHashMap<>();
    Map<String, PairedDifference> differences = new LinkedHashMap<>();
    Map<String, OverSplits> splits = new LinkedHashMap<>();
    if (group.hasValues()) {
      for (TableMetric metric : metrics) {
        TableRow.@Nullable Value value = row.frame().value(metric);
        if (value != null) {
          values.put(metric.name(), value);
        }
        if (metric.main() && group.splits()) {
          @Nullable ResultFrame other = reference == null ? null : reference.frame();
          row.frame().overSplits(metric, other).ifPresent(over -> splits.put(metric.name(), over));
        }
        if (metric.main()
            && reference != null
            && !row.equals(reference)
            && reference.group().hasValues()) {
          PairedComparison.of(metric, row.frame().common(metric, reference.frame()))
              .ifPresent(difference -> differences.put(metric.name(), difference));
        }
      }
    }
    return new TableRow(
        group.key(),
        group.method(),
        group.settings(),
        row.frame().scored(counted == null ? group.firstEvaluation() : counted),
        row.frame().seeds(),
        values,
        differences,
        splits,
        group.notes(row.equals(reference)),
        group.leaky(),
        group.control(),
        group.cost(),
        group.ids());
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
    if (training.overlapping()) {
      return "%d items of %s in each of %d random splits, scored on the others"
          .formatted(training.withheld().size(), training.dataset(), training.folds());
    }
    return training.folds() > 1
        ? training.dataset()
            + " in "
            + training.folds()
            + " folds, every item scored by a cell that did not learn from it"
        : training.items().size() + " items of " + training.dataset() + ", which are not scored";
  }

  /** Holm's correction over every test of the table. */
  private static List<TableRow> adjusted(List<TableRow> rows) {
    double[] adjusted =
        PairedTests.holm(
            rows.stream()
                .flatMap(row -> row.tests().stream())
                .mapToDouble(PairedDifference.Test::p)
                .toArray());
    List<TableRow> result = new ArrayList<>();
    int next = 0;
    for (TableRow row : rows) {
      Map<String, PairedDifference> differences = new LinkedHashMap<>();
      for (Map.Entry<String, PairedDifference> entry : row.differences().entrySet()) {
        PairedDifference difference = entry.getValue();
        PairedDifference.@Nullable Test test = difference.test();
        differences.put(
            entry.getKey(),
            test == null ? difference : difference.adjusted(test, adjusted[next++]));
      }
      result.add(row.compared(differences));
    }
    return result;
  }
}
