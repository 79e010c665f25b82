package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Numbers;
import org.trimtab.report.OverSplits;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.PairedDifference.Test;
import org.trimtab.report.ResultTable;
import org.trimtab.report.RowCost;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;
import org.trimtab.report.paper.PaperTable.Place;

/** Lays out the values of a table: what is shown, rounded, marked. */
public final class PaperTables {
  /** Ends the header of a metric in percent. */
  static final String PERCENT = " (%)";

  /** Ends the header of a difference of such a metric. */
  static final String POINTS = " (points)";

  private static final String NOTHING = "-";

  private final ResultTable table;
  private final String name;
  private final Map<String, String> marks = new LinkedHashMap<>();
  private final List<PaperTable.Column> columns = new ArrayList<>();
  private final List<List<PaperTable.Entry>> rows = new ArrayList<>();

  private PaperTables(String name, ResultTable table) {
    this.name = name;
    this.table = table;
    for (TableRow row : table.rows()) {
      rows.add(new ArrayList<>());
      for (String note : notes(row)) {
        marks.putIfAbsent(note, mark(marks.size()));
      }
    }
  }

  /** Values, with differences from the reference row, their intervals and marks. */
  public static PaperTable values(String name, String caption, ResultTable table) {
    PaperTables layout = new PaperTables(name, table);
    layout.labels();
    layout.column(
        "n", Place.LABEL, row -> row.items() == 0 ? NOTHING : Integer.toString(row.items()));
    if (table.severalSeeds()) {
      layout.column("seeds", Place.LABEL, row -> Integer.toString(row.seeds()));
    }
    for (TableMetric metric : table.mainMetrics()) {
      layout.value(metric);
      if (table.rows().stream().anyMatch(row -> row.difference(metric.name()).isPresent())) {
        layout.difference(metric);
      }
    }
    return layout.table(caption);
  }

  /** P-values before and after correction, and what could have been detected. */
  public static PaperTable tests(String name, ResultTable table) {
    PaperTables layout = new PaperTables(name, table);
    layout.labels();
    for (TableMetric metric : table.mainMetrics()) {
      if (table.rows().stream().anyMatch(row -> row.test(metric.name()).isPresent())) {
        String header = header(table, metric);
        layout.test(metric, header + " p", Place.VALUE, test -> Numbers.p(test.p()));
        layout.test(metric, header + " Holm", Place.BESIDE, test -> Numbers.p(test.adjusted()));
        layout.test(
            metric,
            header + " detectable" + (metric.share() ? POINTS : ""),
            Place.BESIDE,
            test -> Optional.ofNullable(test.detectable()).map(unsigned(metric)).orElse(NOTHING));
      }
    }
    return layout.table("");
  }

  /** Main metrics over random splits, and Fisher's test of pooled passes. */
  public static PaperTable splits(String name, ResultTable table) {
    PaperTables layout = new PaperTables(name, table);
    layout.labels();
    for (TableMetric metric : table.mainMetrics()) {
      Function<Double, String> show = unsigned(metric);
      String header = header(table, metric);
      String unit = metric.share() ? PERCENT : "";
      layout.split(metric, "splits", Place.LABEL, over -> Integer.toString(over.splits()));
      layout.split(metric, header + unit, Place.VALUE, over -> show.apply(over.mean()));
      layout.split(metric, "sd population", Place.BESIDE, over -> show.apply(over.population()));
      layout.split(metric, "sd sample", Place.BESIDE, over -> show.apply(over.sample()));
      layout.pooled(
          metric,
          header + " pooled",
          Place.VALUE,
          pooled -> pooled.passes() + "/" + pooled.items());
      layout.pooled(
          metric,
          table.against(),
          Place.BESIDE,
          pooled -> pooled.reference() + "/" + pooled.items());
      layout.pooled(metric, "Fisher p", Place.BESIDE, pooled -> Numbers.p(pooled.p()));
    }
    return layout.table("");
  }

  private void split(
      TableMetric metric, String header, Place place, Function<OverSplits, String> show) {
    boolean known = columns.stream().anyMatch(column -> column.header().equals(header));
    if (table.rows().stream().anyMatch(row -> row.overSplits(metric.name()).isPresent())
        && !(known && place == Place.LABEL)) {
      column(header, place, row -> row.overSplits(metric.name()).map(show).orElse(NOTHING));
    }
  }

  private void pooled(
      TableMetric metric, String header, Place place, Function<OverSplits.Pooled, String> show) {
    Function<TableRow, Optional<OverSplits.Pooled>> of =
        row -> row.overSplits(metric.name()).flatMap(over -> Optional.ofNullable(over.pooled()));
    if (table.rows().stream().anyMatch(row -> of.apply(row).isPresent())) {
      column(header, place, row -> of.apply(row).map(show).orElse(NOTHING));
    }
  }

  /** Metrics that are not compared. */
  public static PaperTable further(String name, ResultTable table) {
    PaperTables layout = new PaperTables(name, table);
    layout.labels();
    for (TableMetric metric : table.metrics()) {
      if (!metric.main()) {
        layout.column(
            metric.name() + (metric.share() ? PERCENT : ""),
            Place.VALUE,
            row -> shown(metric, row).orElse(NOTHING));
      }
    }
    return layout.table("");
  }

  /** What each row costs. */
  public static PaperTable costs(String name, String caption, ResultTable table) {
    PaperTables layout = new PaperTables(name, table);
    layout.labels();
    layout.cost("parameters", RowCost::parameters, Numbers::whole);
    layout.cost("fit (s)", RowCost::fitSeconds, Numbers::value);
    layout.cost("fit tokens", RowCost::fitTokens, Numbers::whole);
    layout.cost("time per token", RowCost::tokenTime, Numbers::value);
    return layout.table(caption);
  }

  private void cost(
      String header, Function<RowCost, @Nullable Double> value, Function<Double, String> show) {
    column(
        header,
        Place.VALUE,
        row -> Optional.ofNullable(value.apply(row.cost())).map(show).orElse(NOTHING));
  }

  /** The notes of a row and, if it scored other items than the reference, the latter's values. */
  private List<String> notes(TableRow row) {
    List<String> values = new ArrayList<>();
    for (TableMetric metric : table.mainMetrics()) {
      row.difference(metric.name())
          .filter(difference -> difference.reference() != null)
          .ifPresent(
              difference ->
                  values.add(
                      "%s %s%s (n %d)"
                          .formatted(
                              header(table, metric),
                              unsigned(metric).apply(difference.reference()),
                              metric.share() ? " %" : "",
                              difference.items())));
    }
    List<String> notes = new ArrayList<>(row.notes());
    if (!values.isEmpty()) {
      notes.add(
          table.against() + " on the items that both rows scored: " + String.join(", ", values));
    }
    return notes;
  }

  private PaperTable table(String caption) {
    Map<String, String> footnotes = new LinkedHashMap<>();
    marks.forEach((note, mark) -> footnotes.put(mark, note));
    return new PaperTable(name, caption, columns, rows, footnotes);
  }

  private void labels() {
    columns.add(new PaperTable.Column("method", true, Place.LABEL));
    for (int i = 0; i < rows.size(); i++) {
      TableRow row = table.rows().get(i);
      List<String> notes =
          notes(row).stream().map(note -> Objects.requireNonNull(marks.get(note))).toList();
      rows.get(i).add(new PaperTable.Entry(row.key(), false, "", notes));
    }
    for (String factor : table.factors()) {
      String header = factor.substring(factor.lastIndexOf('.') + 1);
      column(header, Place.LABEL, row -> row.settings().getOrDefault(factor, NOTHING));
    }
  }

  private void column(String header, Place place, Function<TableRow, String> cell) {
    entries(header, place, row -> PaperTable.Entry.of(cell.apply(row)));
  }

  private void entries(String header, Place place, Function<TableRow, PaperTable.Entry> cell) {
    columns.add(new PaperTable.Column(header, false, place));
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).add(cell.apply(table.rows().get(i)));
    }
  }

  private void value(TableMetric metric) {
    String best = best(metric).orElse("");
    entries(
        header(table, metric) + (metric.share() ? PERCENT : ""),
        Place.VALUE,
        row -> {
          String text = shown(metric, row).orElse(NOTHING);
          boolean isBest =
              !row.leaky() && mean(metric, row).map(unsigned(metric)).orElse("").equals(best);
          return new PaperTable.Entry(text, isBest && !best.isEmpty(), "", List.of());
        });
  }

  /**
   * The best mean as it is shown; a leaky row competes with none. Nothing for a single row, and
   * where rows scored different numbers of items: their values are of other questions.
   */
  private Optional<String> best(TableMetric metric) {
    List<TableRow> rivals =
        table.rows().stream().filter(row -> !row.leaky() && mean(metric, row).isPresent()).toList();
    List<Double> means = rivals.stream().flatMap(row -> mean(metric, row).stream()).toList();
    Stream<Double> all = means.stream();
    if (means.size() < 2 || rivals.stream().map(TableRow::items).distinct().count() > 1) {
      return Optional.empty();
    }
    Optional<Double> best =
        switch (metric.direction()) {
          case HIGHER -> all.max(Double::compare);
          case LOWER -> all.min(Double::compare);
          case NEITHER -> Optional.empty();
        };
    return best.map(unsigned(metric));
  }

  private static Optional<Double> mean(TableMetric metric, TableRow row) {
    return row.value(metric.name()).map(TableRow.Value::mean);
  }

  private static Optional<String> shown(TableMetric metric, TableRow row) {
    return row.value(metric.name())
        .map(
            value ->
                unsigned(metric).apply(value.mean())
                    + Optional.ofNullable(value.deviation())
                        .map(deviation -> " +- " + unsigned(metric).apply(deviation))
                        .orElse(""));
  }

  private void difference(TableMetric metric) {
    entries(
        "vs " + table.against(),
        metric.compared() ? Place.BESIDE : Place.WIDE,
        row -> {
          Optional<PairedDifference> difference = row.difference(metric.name());
          String stars = row.test(metric.name()).map(PaperTables::stars).orElse("");
          int decimals = mean(metric, row).map(PaperTables::decimals).orElse(0);
          String text = difference.map(known -> shown(metric, known, decimals)).orElse(NOTHING);
          return new PaperTable.Entry(text, false, stars, List.of());
        });
  }

  /** The decimals that a value is shown with: its difference has no more. */
  private static int decimals(double value) {
    String text = Numbers.value(value);
    return text.contains("e") || !text.contains(".") ? 4 : text.length() - text.indexOf('.') - 1;
  }

  private static String shown(TableMetric metric, PairedDifference difference, int decimals) {
    Function<Double, String> show =
        metric.share()
            ? Numbers::points
            : value -> String.format(Locale.ROOT, "%+." + decimals + "f", value);
    return show.apply(difference.value())
        + " ["
        + show.apply(difference.interval().low())
        + ", "
        + show.apply(difference.interval().high())
        + "]";
  }

  private void test(TableMetric metric, String header, Place place, Function<Test, String> show) {
    column(header, place, row -> row.test(metric.name()).map(show).orElse(NOTHING));
  }

  private static Function<Double, String> unsigned(TableMetric metric) {
    return metric.share() ? Numbers::percent : Numbers::value;
  }

  /** One for a corrected p below 0.05, two below 0.01, three below 0.001. */
  private static String stars(Test test) {
    double p = test.adjusted();
    return p < 0.001 ? "***" : p < 0.01 ? "**" : p < 0.05 ? "*" : "";
  }

  /** The short name of a metric, or the whole one where two main metrics share the short one. */
  static String header(ResultTable table, TableMetric metric) {
    long sameName =
        table.mainMetrics().stream()
            .filter(other -> other.shortName().equals(metric.shortName()))
            .count();
    return sameName > 1 ? metric.name() : metric.shortName();
  }

  private static String mark(int index) {
    return index < 26 ? Character.toString('a' + index) : Integer.toString(index + 1);
  }
}
