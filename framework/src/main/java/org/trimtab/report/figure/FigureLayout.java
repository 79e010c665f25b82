package org.trimtab.report.figure;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * The charts of a figure and their positions. Panels beside each other are narrow, and only the
 * last one has a legend, unless others have lines that it lacks.
 */
final class FigureLayout {
  private static final int NARROW = 300;
  private static final int NARROW_MAP = 200;
  private static final int AXIS = 75;
  private static final int COLOUR_BAR = 90;
  private static final int LETTER = 7;
  private static final int MARK = 75;

  /** The width of a legend above which the figure is made wider. */
  private static final int USUAL_LEGEND = 300;

  private final List<Placed> charts = new ArrayList<>();
  private int width;
  private int height;

  private record Placed(Chart<?, ?> chart, int x, int y) {}

  /** Lays out panels, row by row. */
  FigureLayout(List<List<FigurePanel>> rows) {
    List<FigurePanel> panels = rows.stream().flatMap(List::stream).toList();
    List<FigureLine> all = panels.stream().flatMap(panel -> panel.lines().stream()).toList();
    double largest =
        all.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(FigurePoint::y)
            .max()
            .orElse(1);
    int rowHeight = panels.size() > 1 ? FigureStyle.PANEL_HEIGHT : FigureStyle.HEIGHT;
    boolean grid = rows.stream().anyMatch(row -> row.size() > 1);
    for (List<FigurePanel> row : rows) {
      int x = 0;
      for (FigurePanel panel : row) {
        boolean legend = hasLegend(panel, row);
        int panelWidth = width(panel, grid, legend);
        Chart<?, ?> chart =
            panel.form().map()
                ? HeatChart.of(panel, panelWidth, rowHeight, largest)
                : FigureChart.of(panel, all, panelWidth, rowHeight);
        chart.getStyler().setLegendVisible(legend);
        charts.add(new Placed(chart, x, height));
        x += panelWidth;
      }
      width = Math.max(width, x);
      height += rowHeight;
    }
  }

  private static boolean hasLegend(FigurePanel panel, List<FigurePanel> row) {
    FigurePanel last = row.get(row.size() - 1);
    return panel.equals(last) || !labels(last).containsAll(labels(panel));
  }

  private static Set<String> labels(FigurePanel panel) {
    return panel.lines().stream().map(FigureLine::label).collect(Collectors.toSet());
  }

  private static int width(FigurePanel panel, boolean grid, boolean legend) {
    boolean map = panel.form().map();
    int wanted = map ? COLOUR_BAR : MARK + LETTER * longest(panel);
    if (!grid) {
      return FigureStyle.WIDTH + Math.max(0, wanted - USUAL_LEGEND);
    }
    int title = AXIS + LETTER * panel.title().length();
    return Math.max(NARROW_MAP, map ? title : NARROW) + (legend ? wanted : 0);
  }

  private static int longest(FigurePanel panel) {
    return panel.lines().stream().mapToInt(line -> line.label().length()).max().orElse(0);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Draws all charts. */
  void paint(Graphics2D drawing) {
    for (Placed placed : charts) {
      drawing.translate(placed.x(), placed.y());
      placed.chart().paint(drawing, placed.chart().getWidth(), placed.chart().getHeight());
      drawing.translate(-placed.x(), -placed.y());
    }
  }
}
