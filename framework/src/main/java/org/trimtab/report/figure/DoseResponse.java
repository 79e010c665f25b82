package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.Report;

/** A metric over a numeric setting, with one line per combination of the other settings. */
public final class DoseResponse implements Figure {
  @Override
  public String name() {
    return "dose-response";
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    String key = rows.key(options.factor());
    List<FigureLine> lines = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<TableRow> numbered =
        rows.compared().stream().filter(row -> FigureRows.number(row, key).isPresent()).toList();
    for (Map.Entry<String, List<TableRow>> line : rows.lines(numbered, key).entrySet()) {
      List<FigurePoint> points = new ArrayList<>();
      for (TableRow row : line.getValue()) {
        double x = FigureRows.number(row, key).orElseThrow();
        Optional<Double> y = FigureRows.value(row, rows.metric());
        if (y.isPresent()) {
          points.add(
              FigurePoint.of(x, y.get(), FigureRows.interval(row, rows.metric()), row.cells()));
        } else {
          String label = line.getKey() + ", " + options.factor() + " " + row.settings().get(key);
          notes.add(rows.missing(row, label));
        }
      }
      if (!points.isEmpty()) {
        points.sort(Comparator.comparingDouble(FigurePoint::x));
        lines.add(
            new FigureLine(line.getKey(), FigureRows.role(line.getValue().get(0)), true, points));
      }
    }
    double[] all =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(FigurePoint::x)
            .sorted()
            .distinct()
            .toArray();
    if (all.length < 2) {
      throw new LeftOutException(
          "it needs two or more values of the numeric setting '" + options.factor() + "'");
    }
    rows.referenceLine(all[0], all[all.length - 1]).ifPresent(line -> lines.add(0, line));
    String caption =
        options.captionOr(
            rows.metricName() + " over " + options.factor() + ", against " + options.reference());
    return FigureData.of(
        options,
        rows.part(),
        caption + ". " + FigureRows.INTERVALS,
        options.factor() + " (no unit)",
        rows.title(),
        lines,
        notes);
  }
}
