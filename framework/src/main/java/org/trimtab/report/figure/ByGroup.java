package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.report.ResultTable;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.Report;

/** A metric over the values of a group of items, such as the level of facts. */
public final class ByGroup implements Figure {
  @Override
  public String name() {
    return "by-group";
  }

  @Override
  public boolean unnamed() {
    return false;
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    String by = rows.group(options, maker);
    ResultTable table = maker.table(rows.splitBy(by, options));
    List<String> values = table.rows().stream().map(row -> value(row, by)).distinct().toList();
    if (values.isEmpty()) {
      throw new LeftOutException("no item of " + rows.metric().name() + " has a " + by);
    }
    List<FigureLine> lines = new ArrayList<>();
    List<TableRow> compared = new ArrayList<>();
    List<TableRow> reference = new ArrayList<>();
    for (TableRow row : table.rows()) {
      (row.key().equals(table.against()) ? reference : compared).add(row);
    }
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, List<TableRow>> line :
        LineLabels.lines(compared, table.factors(), List.of(by)).entrySet()) {
      List<FigurePoint> points = points(line.getValue(), by, values, rows, /* intervals= */ true);
      if (points.isEmpty()) {
        notes.add(rows.missing(line.getValue().get(0), line.getKey()));
      } else {
        FigureLine.Role role = FigureRows.role(line.getValue().get(0));
        lines.add(new FigureLine(line.getKey(), role, true, points));
      }
    }
    List<FigurePoint> own = points(reference, by, values, rows, /* intervals= */ false);
    if (!own.isEmpty()) {
      lines.add(0, new FigureLine(reference.get(0).key(), FigureLine.Role.REFERENCE, true, own));
    }
    if (lines.isEmpty()) {
      throw new LeftOutException("no row has a value of " + rows.metric().name());
    }
    FigurePanel panel =
        new FigurePanel(FigurePanel.Form.LINES, rows.part(), by, rows.title(), lines, values);
    String caption =
        options.captionOr(rows.metricName() + " by " + by + ", against " + options.reference());
    return new FigureData(
        options, caption + ". " + FigureRows.INTERVALS, List.of(List.of(panel)), notes);
  }

  private static String value(TableRow row, String by) {
    return row.settings().getOrDefault(by, "");
  }

  private static List<FigurePoint> points(
      List<TableRow> own, String by, List<String> values, FigureRows rows, boolean intervals) {
    List<FigurePoint> points = new ArrayList<>();
    for (TableRow row : own) {
      Optional<Double> y = FigureRows.value(row, rows.metric());
      y.ifPresent(
          height ->
              points.add(
                  FigurePoint.of(
                      values.indexOf(value(row, by)),
                      height,
                      intervals ? FigureRows.interval(row, rows.metric()) : null,
                      row.cells())));
    }
    points.sort(Comparator.comparingDouble(FigurePoint::x));
    return points;
  }
}
