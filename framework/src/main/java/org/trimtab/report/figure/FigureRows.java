package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.report.Interval;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Report;

/** The rows of a table for figures: values in the units of axes, names for legends. */
final class FigureRows {
  /** How to read an interval. */
  static final String INTERVALS =
      "Bars are 95 % intervals of the difference from the reference (paired bootstrap over items,"
          + " not corrected for multiple comparisons), drawn around the value: one that does not"
          + " reach the reference's line excludes 0. Controls are dashed.";

  /** The same for rows with several seeds. */
  static final String SEEDS =
      "Bars of rows with three or more seeds are 95 % intervals of the mean over seeds (Student's t), of"
          + " others those of the difference from the reference (paired bootstrap over items)."
          + " Controls are dashed.";

  /** The setting that names layers. */
  static final String LAYERS = "layers";

  /** More layers than any model has: ranges in journals are already numbers. */
  private static final int MOST_LAYERS = 10_000;

  /** With two seeds Student's t is 12.7: the interval would be meaningless. */
  static final int FEWEST_SEEDS = 3;

  private final ResultTable table;
  private final TableMetric metric;
  private final @Nullable TableMetric cost;
  private final Set<String> cells;
  private final boolean several;

  private FigureRows(
      ResultTable table,
      TableMetric metric,
      @Nullable TableMetric cost,
      Set<String> cells,
      boolean several) {
    this.table = table;
    this.metric = metric;
    this.cost = cost;
    this.cells = cells;
    this.several = several;
  }

  /**
   * The rows of each evaluation that has the metric; of one if the metric is named.
   *
   * @param main the metric of a figure that names none; null for the first that is not a cost
   */
  static List<FigureRows> of(TableMaker maker, Report.Figure options, @Nullable String main)
      throws LeftOutException {
    Report.Table standard =
        new Report.Table(options.fileName(), List.of(), List.of(), null, options.reference(), null);
    List<TableMetric> known = maker.table(standard).metrics();
    TableMetric first = chosen(options.metric() != null ? options.metric() : main, known, false);
    List<TableMetric> metrics =
        options.metric() != null
            ? List.of(first)
            : known.stream().filter(m -> m.shortName().equals(first.shortName())).toList();
    TableMetric cost =
        known.stream().anyMatch(TableMetric::perplexity) || options.cost() != null
            ? chosen(options.cost(), known, true)
            : null;
    List<String> columns = new ArrayList<>(metrics.stream().map(TableMetric::name).toList());
    if (cost != null && !columns.contains(cost.name())) {
      columns.add(cost.name());
    }
    ResultTable table = maker.table(standard.withColumns(columns));
    return metrics.stream()
        .map(m -> new FigureRows(table, m, cost, scored(maker.plan(), m), metrics.size() > 1))
        .toList();
  }

  /** The cells that have the metric's evaluation. */
  private static Set<String> scored(Plan plan, TableMetric metric) {
    return plan.cells().stream()
        .filter(
            cell ->
                cell.evaluations().stream()
                    .anyMatch(planned -> planned.metricPrefix().equals(metric.prefix())))
        .map(Cell::id)
        .collect(Collectors.toSet());
  }

  private static TableMetric chosen(
      @Nullable String name, List<TableMetric> known, boolean perplexity) throws LeftOutException {
    return known.stream()
        .filter(each -> name == null ? each.perplexity() == perplexity : each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LeftOutException(
                    (name == null ? "no metric" : "nothing named " + name)
                        + " was measured; there are: "
                        + known.stream().map(TableMetric::name).collect(Collectors.joining(", "))));
  }

  TableMetric metric() {
    return metric;
  }

  /** The name of the metric in all parts of the figure. */
  String metricName() {
    return several ? metric.shortName() : metric.name();
  }

  /** The evaluation, if the figure shows several; otherwise empty. */
  String part() {
    return several ? metric.prefix() : "";
  }

  /** A text, prefixed with its part if there are several. */
  String inPart(String text) {
    return several ? metric.prefix() + ": " + text : text;
  }

  /** The cells that have the evaluation. */
  Set<String> cells() {
    return cells;
  }

  /** The cost metric. */
  TableMetric cost() throws LeftOutException {
    if (cost == null) {
      throw new LeftOutException("no perplexity was measured, and 'cost' names no other metric");
    }
    return cost;
  }

  /**
   * The group of items that a figure is split by: the one it names, else the first of the metric's
   * evaluation.
   */
  String group(Report.Figure options, TableMaker maker) throws LeftOutException {
    String group = groupOrNone(options, maker);
    if (group.isEmpty()) {
      throw new LeftOutException(
          "the items of %s are in no ".formatted(metric.prefix())
              + (options.by() == null ? "groups" : "groups by " + options.by()));
    }
    return group;
  }

  /** The same, or an empty text for items that are in no such groups. */
  String groupOrNone(Report.Figure options, TableMaker maker) {
    return maker.plan().measurement(metric.evaluation()).roles().groups().stream()
        .filter(each -> options.by() == null || each.equals(options.by()))
        .findFirst()
        .orElse("");
  }

  /** A table of the metric alone, split by a group of items; null for whole rows. */
  Report.Table splitBy(@Nullable String by, Report.Figure options) {
    return new Report.Table(
        options.fileName(), List.of(), List.of(metric.name()), by, options.reference(), null);
  }

  /** The rows that are compared with the reference. */
  List<TableRow> compared() {
    return table.rows().stream()
        .filter(row -> !isReference(row) && cells.containsAll(row.cells()))
        .toList();
  }

  /** The reference row. */
  Optional<TableRow> reference() {
    return table.rows().stream().filter(this::isReference).findFirst();
  }

  private boolean isReference(TableRow row) {
    return row.key().equals(table.against());
  }

  /** The full key of a setting given by its last part. */
  String key(String name) {
    return table.rows().stream()
        .flatMap(row -> row.settings().keySet().stream())
        .filter(key -> key.equals(name) || key.endsWith("." + name))
        .findFirst()
        .orElse(name);
  }

  /** A metric's value in the unit of its axis; empty if the row has none. */
  static Optional<Double> value(TableRow row, TableMetric metric) {
    return row.value(metric.name()).map(value -> scale(metric) * value.mean());
  }

  /**
   * The difference's interval, shifted to the value, so that it shows whether it contains the
   * reference.
   */
  static @Nullable Interval interval(TableRow row, TableMetric metric) {
    Optional<PairedDifference> difference = row.difference(metric.name());
    Optional<Double> value = value(row, metric);
    if (difference.isEmpty() || value.isEmpty()) {
      return null;
    }
    return around(difference.get(), scale(metric), value.get() / scale(metric));
  }

  /** The interval of the mean over seeds, or that of the difference if there are too few seeds. */
  static @Nullable Interval seedInterval(TableRow row, TableMetric metric) {
    TableRow.Value value = row.values().get(metric.name());
    if (value == null || value.deviation() == null || row.seeds() < FEWEST_SEEDS) {
      return interval(row, metric);
    }
    double scale = scale(metric);
    return Interval.ofSeeds(scale * value.mean(), scale * value.deviation(), row.seeds());
  }

  /** The interval of a difference, shifted to another position. */
  static Interval around(PairedDifference difference, double scale, double place) {
    double shift = place - difference.value();
    return new Interval(
        scale * (difference.interval().low() + shift),
        scale * (difference.interval().high() + shift));
  }

  static double scale(TableMetric metric) {
    return metric.share() ? 100 : 1;
  }

  /** The axis title of the metric in a panel that names the part. */
  String title() {
    return metricName() + unit(metric);
  }

  /** The name of a metric with its unit. */
  static String title(TableMetric metric) {
    return metric.name() + unit(metric);
  }

  private static String unit(TableMetric metric) {
    return metric.share()
        ? " (%)"
        : metric.direction() == Metric.Direction.LOWER ? " (lower is better)" : "";
  }

  /** Compared rows by their labels in legends, ignoring some settings. */
  Map<String, List<TableRow>> lines(String... without) {
    return lines(compared(), without);
  }

  /** The same for some of the rows. */
  Map<String, List<TableRow>> lines(List<TableRow> rows, String... without) {
    return LineLabels.lines(rows, table.factors(), List.of(without));
  }

  /** Why a row has no point. */
  String missing(TableRow row, String label) {
    return inPart(
        label
            + " is not drawn: "
            + (row.notes().isEmpty() ? "it has no value" : String.join("; ", row.notes())));
  }

  static FigureLine.Role role(TableRow row) {
    return row.control() ? FigureLine.Role.CONTROL : FigureLine.Role.TREATMENT;
  }

  /** The reference as a line across the x axis. */
  Optional<FigureLine> referenceLine(double from, double to) {
    return reference()
        .flatMap(
            row ->
                value(row, metric)
                    .map(
                        y ->
                            new FigureLine(
                                row.key(),
                                FigureLine.Role.REFERENCE,
                                true,
                                List.of(
                                    FigurePoint.of(from, y, row.cells()),
                                    FigurePoint.of(to, y, row.cells())))));
  }

  /** A row's layers; empty if it has none. */
  static Optional<LayerRange> range(TableRow row, String key) {
    try {
      return Optional.ofNullable(row.settings().get(key)).map(LayerRange::parse);
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  static int first(LayerRange range) {
    return range.first(MOST_LAYERS);
  }

  static int last(LayerRange range) {
    return range.last(MOST_LAYERS);
  }

  /** The number of a setting, which may be a search over one value; empty if it is not a number. */
  static Optional<Double> number(TableRow row, String key) {
    try {
      return Optional.ofNullable(row.settings().get(key))
          .map(text -> Double.valueOf(text.replaceFirst("^fixed ", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
