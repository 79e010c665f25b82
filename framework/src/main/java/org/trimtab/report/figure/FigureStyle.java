package org.trimtab.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How figures look: fonts, colours, strokes. */
final class FigureStyle {
  static final int WIDTH = 860;
  static final int HEIGHT = 480;
  static final int PANEL_HEIGHT = 300;
  static final Color GREY = new Color(0x6B, 0x6B, 0x6B);
  static final Color DARK = new Color(0x22, 0x22, 0x22);
  static final BasicStroke SOLID = stroke(2f);
  static final BasicStroke THIN = stroke(1.2f);
  static final BasicStroke DASHED =
      new BasicStroke(
          1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {6f, 4f}, 0f);

  /** Okabe and Ito, "Color universal design" (2008): distinguishable with any colour vision. */
  private static final List<Color> COLOURS =
      List.of(
          new Color(0x00, 0x72, 0xB2),
          new Color(0xD5, 0x5E, 0x00),
          new Color(0x00, 0x9E, 0x73),
          new Color(0xCC, 0x79, 0xA7),
          new Color(0xE6, 0x9F, 0x00),
          new Color(0x56, 0xB4, 0xE9));

  static final BasicStroke DOTTED =
      new BasicStroke(
          1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {2f, 3f}, 0f);

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final List<String> FONTS =
      List.of("DejaVu Sans", "Liberation Sans", "Arial", "Helvetica");
  private static final Color GRID = new Color(0xE4, 0xE4, 0xE4);

  private FigureStyle() {}

  private static BasicStroke stroke(float width) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  static Color colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  static Marker marker(int index) {
    return MARKERS.get(index % MARKERS.size());
  }

  /** The first known font that is installed, so that figures look the same on most machines. */
  private static String family() {
    Set<String> installed =
        Set.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames());
    return FONTS.stream().filter(installed::contains).findFirst().orElse(Font.SANS_SERIF);
  }

  /** The colour mixed with white, for the background. */
  static Color pale(Color colour) {
    return new Color(
        (colour.getRed() + 2 * 255) / 3,
        (colour.getGreen() + 2 * 255) / 3,
        (colour.getBlue() + 2 * 255) / 3);
  }

  static void apply(AxesChartStyler style) {
    String family = family();
    Font text = new Font(family, Font.PLAIN, 13);
    style.setBaseFont(text);
    style.setLegendFont(text);
    style.setChartTitleFont(text);
    style.setAxisTitleFont(new Font(family, Font.PLAIN, 15));
    style.setAxisTickLabelsFont(text);
    style.setAnnotationTextFont(new Font(family, Font.PLAIN, 11));
    style.setAnnotationTextFontColor(DARK);
    style.setChartFontColor(DARK);
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(stroke(1f));
    style.setPlotContentSize(1.0);
    style.setAxisTicksLineVisible(true);
    style.setAxisTickMarksColor(GREY);
    style.setAxisTickLabelsColor(DARK);
    style.setChartTitleVisible(false);
    style.setChartTitleBoxVisible(false);
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setLegendBorderColor(Color.WHITE);
    style.setLegendBackgroundColor(Color.WHITE);
    style.setLegendSeriesLineLength(30);
    style.setLegendPadding(10);
    style.setMarkerSize(8);
    style.setChartPadding(14);
    style.setAntiAlias(true);
    style.setTextAntiAlias(true);
    style.setXAxisTickMarkSpacingHint(80);
    style.setYAxisTickMarkSpacingHint(50);
    style.setLocale(Locale.ROOT);
  }
}
