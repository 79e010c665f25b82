package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.io.Csv;
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
    StringBuilder text = new StringBuilder();
    for (int line = 0; line <= table.rows().size(); line++) {
      int at = line;
      text.append(Csv.line(csv.columns.stream().map(column -> column.get(at)).toList()));
    }
    return text.toString();
  }

  private void fill() {
    text("method", TableRow::method);
    for (String factor : table.factors()) {
      text(factor, row -> row.settings().getOrDefault(factor, ""));
    }
    text("items", row -> Integer.toString(row.items()));
    text("seeds", row -> Integer.toString(row.seeds()));
    for (TableMetric metric : table.metrics()) {
      String name = metric.name();
      number(name, row -> row.value(name).map(TableRow.Value::mean));
      if (table.severalSeeds()) {
        number(name + " sd", row -> row.value(name).map(TableRow.Value::deviation));
      }
      if (metric.main()) {
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
