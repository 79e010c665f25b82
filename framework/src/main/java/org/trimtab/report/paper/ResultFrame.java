package org.trimtab.report.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Csv;
import org.trimtab.report.Comparison;
import org.trimtab.report.Difference;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMetric;
import org.trimtab.report.TableRow;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A result table as a data frame: a column a quantity, everything in full precision, shares as
 * shares. What a row does not have is missing.
 */
public final class ResultFrame {
  private final ResultTable table;
  private final Table frame;

  private ResultFrame(String name, ResultTable table) {
    this.table = table;
    this.frame = Table.create(name);
  }

  /** The frame of a table. */
  public static Table of(String name, ResultTable table) {
    return new ResultFrame(name, table).fill();
  }

  /** The frame as comma-separated values. */
  public static String csv(Table frame) {
    StringBuilder text = new StringBuilder(Csv.line(frame.columnNames()));
    for (int row = 0; row < frame.rowCount(); row++) {
      int at = row;
      text.append(
          Csv.line(
              frame.columns().stream().map(column -> column.getUnformattedString(at)).toList()));
    }
    return text.toString();
  }

  private Table fill() {
    text("method", TableRow::method);
    for (String factor : table.factors()) {
      text(factor, row -> row.settings().getOrDefault(factor, ""));
    }
    whole("items", TableRow::items);
    whole("seeds", TableRow::seeds);
    for (TableMetric metric : table.metrics()) {
      String name = metric.name();
      number(name, row -> value(row, name).map(TableRow.Value::mean));
      if (table.severalSeeds()) {
        number(name + " sd", row -> value(row, name).map(TableRow.Value::deviation));
      }
      if (metric.main()) {
        number(name + " difference", row -> row.difference(name).map(Difference::value));
        number(name + " low", row -> row.difference(name).map(known -> known.interval().low()));
        number(name + " high", row -> row.difference(name).map(known -> known.interval().high()));
        number(name + " p", row -> comparison(row, name).map(Comparison::p));
        number(name + " p Holm", row -> comparison(row, name).map(Comparison::adjusted));
        number(name + " detectable", row -> comparison(row, name).map(Comparison::detectable));
      }
    }
    text("notes", row -> String.join("; ", row.notes()));
    text("cells", row -> String.join(" ", row.cells()));
    return frame;
  }

  private static Optional<TableRow.Value> value(TableRow row, String metric) {
    return Optional.ofNullable(row.values().get(metric));
  }

  private static Optional<Comparison> comparison(TableRow row, String metric) {
    return Optional.ofNullable(row.comparisons().get(metric));
  }

  private void text(String name, Function<TableRow, String> of) {
    frame.addColumns(StringColumn.create(name, table.rows().stream().map(of).toList()));
  }

  private void whole(String name, Function<TableRow, Integer> of) {
    IntColumn column = IntColumn.create(name);
    table.rows().forEach(row -> column.append(of.apply(row).intValue()));
    frame.addColumns(column);
  }

  /** A quantity, unless no row has it. */
  private void number(String name, Function<TableRow, Optional<Double>> of) {
    List<@Nullable Double> values = new ArrayList<>();
    table.rows().forEach(row -> values.add(of.apply(row).orElse(null)));
    if (values.stream().anyMatch(value -> value != null)) {
      DoubleColumn column = DoubleColumn.create(name);
      for (Double value : values) {
        if (value == null) {
          column.appendMissing();
        } else {
          column.append(value.doubleValue());
        }
      }
      frame.addColumns(column);
    }
  }
}
