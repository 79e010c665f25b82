package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.io.Csv;
import org.trimtab.report.OverSplits;
import org.trimtab.report.PairedDifference;
import org.trimtab.report.PairedDifference.Test;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;

/**
 * A table as comma-separated values: a column per quantity, everything in full precision, shares as
 * shares. A missing value is empty, and a quantity that no row has is left out.
 */
public final class CsvTable {
  private final ResultTable table;
  private final List<List<String>> columns = new ArrayList<>();

  private CsvTable(ResultTable table) {
    this.table = table;
  }

  /** The text of the file. */
  public static String of(ResultTable table) {
    CsvTable csv = new CsvTable(table);
    csv.fill();
    return csv.text();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; line <= table.rows().size(); line++) {
      int at = line;
      text.append(Csv.line(columns.stream().map(column -> column.get(at)).toList()));
    }
    return text.toString();
  }

  /** The text of the file of what rows cost. */
  public static String costs(ResultTable table) {
    CsvTable csv = new CsvTable(table);
    csv.labels();
    csv.number("parameters", row -> Optional.ofNullable(row.cost().parameters()));
    csv.number("fit seconds", row -> Optional.ofNullable(row.cost().fitSeconds()));
    csv.number("fit tokens", row -> Optional.ofNullable(row.cost().fitTokens()));
    csv.number("time per token", row -> Optional.ofNullable(row.cost().tokenTime()));
    csv.text("cells", row -> String.join(" ", row.cells()));
    return csv.text();
  }

  private void labels() {
    text("method", TableRow::method);
    for (String factor : table.factors()) {
      text(factor, row -> row.settings().getOrDefault(factor, ""));
    }
  }

  private void fill() {
    labels();
    text("items", row -> Integer.toString(row.items()));
    text("seeds", row -> Integer.toString(row.seeds()));
    for (TableMetric metric : table.metrics()) {
      String name = metric.name();
      number(name, row -> row.value(name).map(TableRow.Value::mean));
      if (table.severalSeeds()) {
        number(name + " sd", row -> row.value(name).map(TableRow.Value::deviation));
      }
      if (metric.main()) {
        splits(name);
        number(name + " difference", row -> row.difference(name).map(PairedDifference::value));
        number(name + " low", row -> row.difference(name).map(known -> known.interval().low()));
        number(name + " high", row -> row.difference(name).map(known -> known.interval().high()));
        number(name + " p", row -> row.test(name).map(Test::p));
        number(name + " p Holm", row -> row.test(name).map(Test::adjusted));
        number(
            name + " detectable",
            row -> row.test(name).flatMap(test -> Optional.ofNullable(test.detectable())));
      }
    }
    text("notes", row -> String.join("; ", row.notes()));
    text("cells", row -> String.join(" ", row.cells()));
  }

  private void splits(String name) {
    Function<TableRow, Optional<OverSplits>> over = row -> row.overSplits(name);
    Function<TableRow, Optional<OverSplits.Pooled>> pooled =
        row -> over.apply(row).flatMap(each -> Optional.ofNullable(each.pooled()));
    number(name + " splits", row -> over.apply(row).map(each -> (double) each.splits()));
    number(name + " splits mean", row -> over.apply(row).map(OverSplits::mean));
    number(name + " splits sd population", row -> over.apply(row).map(OverSplits::population));
    number(name + " splits sd sample", row -> over.apply(row).map(OverSplits::sample));
    number(name + " pooled", row -> pooled.apply(row).map(each -> (double) each.passes()));
    number(
        name + " pooled against", row -> pooled.apply(row).map(each -> (double) each.reference()));
    number(name + " pooled items", row -> pooled.apply(row).map(each -> (double) each.items()));
    number(name + " p Fisher", row -> pooled.apply(row).map(OverSplits.Pooled::p));
  }

  private void text(String name, Function<TableRow, String> of) {
    List<String> column = new ArrayList<>(List.of(name));
    table.rows().forEach(row -> column.add(of.apply(row)));
    columns.add(column);
  }

  private void number(String name, Function<TableRow, Optional<Double>> of) {
    if (table.rows().stream().anyMatch(row -> of.apply(row).isPresent())) {
      text(name, row -> of.apply(row).map(String::valueOf).orElse(""));
    }
  }
}
