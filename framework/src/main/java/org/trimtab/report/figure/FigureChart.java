package org.trimtab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.trimtab.report.Interval;

/** Draws a panel of lines as a chart. Error bars are separate series, absent from the legend. */
final class FigureChart {
  private static final double MARGIN = 0.06;
  private static final double CAP = 0.006;
  private static final double DODGE = 0.009;

  private final FigurePanel panel;
  private final PenaltyAxis penalties;
  private final List<String> coloured;
  private final XYChart chart;
  private final double[] xRange;
  private final double[] yRange;
  private final LabelPlaces labels = new LabelPlaces();

  private FigureChart(FigurePanel panel, List<FigureLine> all, int width, int height) {
    this.penalties = PenaltyAxis.of(points(all));
    this.panel = placed(panel);
    this.coloured =
        all.stream().filter(FigureChart::hasColour).map(FigureLine::label).distinct().toList();
    this.chart = new XYChart(width, height);
    this.xRange =
        range(
            points(all.stream().map(line -> placed(panel, line)).toList()),
            p -> Math.min(p.x() - p.halfWidth(), low(p.xInterval(), p.x())),
            p -> Math.max(p.x() + p.halfWidth(), high(p.xInterval(), p.x())));
    this.yRange =
        range(
            points(panel.lines()),
            p -> panel.form() == FigurePanel.Form.COUNTS ? 0 : low(p.yInterval(), p.y()),
            p -> high(p.yInterval(), p.y()));
  }

  /**
   * Draws a panel.
   *
   * @param all the lines of all panels, which share the x axis and colours
   */
  static XYChart of(FigurePanel panel, List<FigureLine> all, int width, int height) {
    return new FigureChart(panel, all, width, height).draw();
  }

  private static List<FigurePoint> points(List<FigureLine> lines) {
    return lines.stream().flatMap(line -> line.points().stream()).toList();
  }

  /** The panel with its points at their drawn positions. */
  private FigurePanel placed(FigurePanel own) {
    return new FigurePanel(
        own.form(),
        own.title(),
        own.xTitle(),
        own.yTitle(),
        own.lines().stream().map(line -> placed(own, line)).toList(),
        own.xNames());
  }

  private FigureLine placed(FigurePanel own, FigureLine line) {
    if (!own.form().logarithmic()) {
      return line;
    }
    List<FigurePoint> points =
        line.points().stream().map(point -> point.movedTo(penalties.position(point.x()))).toList();
    return new FigureLine(line.label(), line.role(), line.connected(), points);
  }

  private static double[] range(
      List<FigurePoint> points,
      ToDoubleFunction<FigurePoint> low,
      ToDoubleFunction<FigurePoint> high) {
    double from = points.stream().mapToDouble(low).min().orElse(0);
    double to = points.stream().mapToDouble(high).max().orElse(1);
    double margin = MARGIN * (to > from ? to - from : 1);
    return new double[] {from - margin, to + margin};
  }

  private static double low(@Nullable Interval interval, double otherwise) {
    return interval == null ? otherwise : interval.low();
  }

  private static double high(@Nullable Interval interval, double otherwise) {
    return interval == null ? otherwise : interval.high();
  }

  private XYChart draw() {
    points(panel.lines())
        .forEach(point -> labels.keepFree(share(point.x(), xRange), share(point.y(), yRange)));
    FigureStyle.apply(chart.getStyler());
    chart.getStyler().setChartTitleVisible(!panel.title().isEmpty());
    chart.setTitle(panel.title());
    chart.setXAxisTitle(panel.xTitle());
    chart.setYAxisTitle(panel.yTitle());
    if (panel.form().logarithmic()) {
      chart.getStyler().setXAxisTickMarkSpacingHint(45);
      chart.setCustomXAxisTickLabelsFormatter(penalties::label);
    }
    names();
    chart.getStyler().setXAxisMin(xRange[0]).setXAxisMax(xRange[1]);
    chart.getStyler().setYAxisMin(yRange[0]).setYAxisMax(yRange[1]);
    for (FigureLine line : panel.lines()) {
      double place = coloured.indexOf(line.label()) - (coloured.size() - 1) / 2.0;
      switch (line.role()) {
        case REFERENCE -> reference(line);
        case FRONT ->
            series(line.label(), line.points(), FigureStyle.DARK, FigureStyle.THIN)
                .setMarker(SeriesMarkers.NONE);
        case TREATMENT, CONTROL -> coloured(line, place);
        case LEVEL -> level(line, place);
        case CHOSEN -> chosen(line);
      }
    }
    return chart;
  }

  private static boolean hasColour(FigureLine line) {
    return switch (line.role()) {
      case TREATMENT, CONTROL, LEVEL -> true;
      case REFERENCE, CHOSEN, FRONT -> false;
    };
  }

  private void reference(FigureLine line) {
    if (line.points().size() == 1) {
      scatter(series(line.label(), line.points(), FigureStyle.GREY, FigureStyle.THIN))
          .setMarker(SeriesMarkers.DIAMOND)
          .setMarkerColor(FigureStyle.DARK);
      return;
    }
    boolean level = line.points().stream().mapToDouble(FigurePoint::y).distinct().count() == 1;
    List<FigurePoint> points = level && panel.xNames().isEmpty() ? wide(line) : line.points();
    series(line.label(), points, FigureStyle.GREY, FigureStyle.SOLID).setMarker(SeriesMarkers.NONE);
  }

  /** Writes what whole numbers stand for where they are; ticks would be elsewhere. */
  private void names() {
    for (int at = 0; at < panel.xNames().size(); at++) {
      double y = value(0.02, yRange);
      chart.addAnnotation(new AnnotationText(panel.xNames().get(at), at, y, false));
      chart.getStyler().setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
    }
  }

  /** A level from one end of the plot to the other. */
  private List<FigurePoint> wide(FigureLine line) {
    return List.of(
        line.points().get(0).movedTo(xRange[0]), line.points().get(1).movedTo(xRange[1]));
  }

  /** A level's interval is drawn near the right end, beside those of others. */
  private void level(FigureLine line, double place) {
    Color colour = FigureStyle.colour(coloured.indexOf(line.label()));
    double x = value(0.95 + DODGE * place, xRange);
    bars(line, List.of(line.points().get(1).movedTo(x)), colour);
    series(line.label(), wide(line), colour, FigureStyle.DOTTED).setMarker(SeriesMarkers.NONE);
  }

  private void chosen(FigureLine line) {
    scatter(series(line.label(), line.points(), FigureStyle.DARK, FigureStyle.THIN))
        .setMarker(SeriesMarkers.CROSS)
        .setMarkerColor(FigureStyle.DARK);
    line.points().forEach(this::label);
  }

  /** A line with a colour, shifted a little so that its intervals do not cover others. */
  private void coloured(FigureLine line, double place) {
    Color colour = FigureStyle.colour(coloured.indexOf(line.label()));
    Marker marker = FigureStyle.marker(coloured.indexOf(line.label()));
    boolean dodges = line.connected() || line.points().stream().anyMatch(p -> p.halfWidth() > 0);
    double aside = dodges ? place * DODGE * (xRange[1] - xRange[0]) : 0;
    List<FigurePoint> points =
        line.points().stream().map(point -> point.movedTo(point.x() + aside)).toList();
    boolean crowded = points.stream().anyMatch(point -> point.xInterval() != null);
    bars(line, points, crowded ? FigureStyle.pale(colour) : colour);
    ranges(line, colour);
    boolean control = line.role() == FigureLine.Role.CONTROL;
    XYSeries series =
        series(line.label(), points, colour, control ? FigureStyle.DASHED : FigureStyle.SOLID);
    series.setMarker(marker).setMarkerColor(colour);
    if (!line.connected()) {
      scatter(series);
    }
    points.forEach(this::label);
  }

  /** A number beside its point, at the first corner where it covers no other label, or nowhere. */
  private void label(FigurePoint point) {
    double x = share(point.x(), xRange);
    double y = share(point.y(), yRange);
    labels
        .place(point.label(), x, y)
        .ifPresent(
            at ->
                chart.addAnnotation(
                    new AnnotationText(
                        point.label(), value(at.x(), xRange), value(at.y(), yRange), false)));
  }

  private static double share(double value, double[] range) {
    return (value - range[0]) / (range[1] - range[0]);
  }

  private static double value(double share, double[] range) {
    return range[0] + share * (range[1] - range[0]);
  }

  private XYSeries series(
      String label, List<FigurePoint> points, Color colour, BasicStroke stroke) {
    XYSeries series =
        chart.addSeries(
            label,
            points.stream().mapToDouble(FigurePoint::x).toArray(),
            points.stream().mapToDouble(FigurePoint::y).toArray());
    series.setLineColor(colour).setLineStyle(stroke);
    return series;
  }

  private static XYSeries scatter(XYSeries series) {
    return series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
  }

  /** Intervals as bars with caps, separated by NaN values of y. */
  private void bars(FigureLine line, List<FigurePoint> points, Color colour) {
    List<double[]> path = new ArrayList<>();
    double xCap = CAP * (xRange[1] - xRange[0]);
    double yCap = CAP * (yRange[1] - yRange[0]) * chart.getWidth() / chart.getHeight();
    for (FigurePoint point : points) {
      Interval up = point.yInterval();
      if (up != null) {
        double x = point.x();
        path.add(new double[] {x - xCap, up.low(), x + xCap, up.low()});
        path.add(new double[] {x, up.low(), x, up.high()});
        path.add(new double[] {x - xCap, up.high(), x + xCap, up.high()});
      }
      Interval across = point.xInterval();
      if (across != null) {
        double y = point.y();
        path.add(new double[] {across.low(), y - yCap, across.low(), y + yCap});
        path.add(new double[] {across.low(), y, across.high(), y});
        path.add(new double[] {across.high(), y - yCap, across.high(), y + yCap});
      }
    }
    strokes("interval of " + line.label(), path, colour, FigureStyle.THIN);
  }

  /** The ends of ranges of layers stay in place, even if their middle is shifted. */
  private void ranges(FigureLine line, Color colour) {
    List<double[]> path = new ArrayList<>();
    for (FigurePoint point : line.points()) {
      if (point.halfWidth() > 0) {
        path.add(
            new double[] {
              point.x() - point.halfWidth(), point.y(), point.x() + point.halfWidth(), point.y()
            });
      }
    }
    boolean control = line.role() == FigureLine.Role.CONTROL;
    BasicStroke stroke = control ? FigureStyle.DASHED : FigureStyle.SOLID;
    strokes("layers of " + line.label(), path, colour, stroke);
  }

  private void strokes(String name, List<double[]> strokes, Color colour, BasicStroke stroke) {
    if (strokes.isEmpty()) {
      return;
    }
    double[] x = strokes.stream().flatMapToDouble(s -> DoubleStream.of(s[0], s[2], s[2])).toArray();
    double[] y =
        strokes.stream().flatMapToDouble(s -> DoubleStream.of(s[1], s[3], Double.NaN)).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(colour).setLineStyle(stroke).setShowInLegend(false);
    series.setMarker(SeriesMarkers.NONE);
  }
}
