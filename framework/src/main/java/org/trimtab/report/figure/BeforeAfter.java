package org.trimtab.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.report.TableMaker;
import org.trimtab.report.TableRow;
import org.trimtab.spec.Report;

/**
 * The score of every item in the reference and in a row, one panel per row: facts' margins, say.
 */
public final class BeforeAfter implements Figure {
  private static final int IN_A_ROW = 3;
  private static final int MOST = 12;

  @Override
  public String name() {
    return "before-after";
  }

  @Override
  public boolean unnamed() {
    return false;
  }

  @Override
  public FigureData of(FigureRows rows, Report.Figure options, TableMaker maker)
      throws LeftOutException {
    if (!rows.metric().compared() || rows.metric().share()) {
      throw new LeftOutException(
          rows.metric().name()
              + " is no number of each item; name a metric such as facts/margin ('metric')");
    }
    String by = rows.groupOrNone(options, maker);
    Report.Table table = rows.splitBy(by.isEmpty() ? null : by, options);
    List<TableRow> compared =
        maker.table(table).rows().stream()
            .filter(row -> !row.key().equals(options.reference()))
            .toList();
    Map<String, List<TableRow>> lines =
        LineLabels.lines(compared, maker.table(table).factors(), List.of(by));
    List<FigurePanel> panels = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, List<TableRow>> line : lines.entrySet()) {
      Map<String, List<FigurePoint>> points = new LinkedHashMap<>();
      for (TableRow row : line.getValue()) {
        String label = by.isEmpty() ? "item" : row.settings().getOrDefault(by, "");
        for (TableMaker.ItemScore score : maker.scores(table, row, rows.metric())) {
          points
              .computeIfAbsent(label, unused -> new ArrayList<>())
              .add(FigurePoint.of(score.before(), score.after(), row.cells()));
        }
      }
      if (points.isEmpty()) {
        notes.add(rows.missing(line.getValue().get(0), line.getKey()));
      } else if (panels.size() == MOST) {
        notes.add(rows.inPart(line.getKey() + " is not drawn: there is room for " + MOST));
      } else {
        panels.add(panel(line.getKey(), rows, options, points));
      }
    }
    if (panels.isEmpty()) {
      throw new LeftOutException(
          "no row has items of " + rows.metric().name() + " that " + options.reference() + " has");
    }
    String caption =
        options.captionOr(
            rows.metricName() + " of every item, under " + options.reference() + " and after");
    return new FigureData(
        options,
        caption
            + ". Each point is an item, its score a mean over the splits, folds and seeds that"
            + " scored it; on the grey line nothing changed. Thin lines are at 0.",
        FigurePanel.inRows(IN_A_ROW, panels),
        notes);
  }

  private static FigurePanel panel(
      String title, FigureRows rows, Report.Figure options, Map<String, List<FigurePoint>> points) {
    List<FigurePoint> all = points.values().stream().flatMap(List::stream).toList();
    double low = Math.min(0, all.stream().mapToDouble(p -> Math.min(p.x(), p.y())).min().orElse(0));
    double high =
        Math.max(0, all.stream().mapToDouble(p -> Math.max(p.x(), p.y())).max().orElse(0));
    double left = Math.min(0, all.stream().mapToDouble(FigurePoint::x).min().orElse(0));
    double right = Math.max(0, all.stream().mapToDouble(FigurePoint::x).max().orElse(0));
    List<FigureLine> lines = new ArrayList<>();
    lines.add(line("unchanged", FigureLine.Role.REFERENCE, left, left, right, right));
    lines.add(line("0", FigureLine.Role.FRONT, left, 0, right, 0, 0, 0, 0, low, 0, high));
    points.forEach(
        (label, own) -> lines.add(new FigureLine(label, FigureLine.Role.TREATMENT, false, own)));
    return new FigurePanel(
        FigurePanel.Form.LINES,
        title,
        options.reference() + " (" + rows.metric().shortName() + ")",
        "after",
        lines);
  }

  /** A line through points, each as x and y. */
  private static FigureLine line(String label, FigureLine.Role role, double... places) {
    List<FigurePoint> points = new ArrayList<>();
    for (int i = 0; i < places.length; i += 2) {
      points.add(FigurePoint.of(places[i], places[i + 1], List.of()));
    }
    return new FigureLine(label, role, true, points);
  }
}
