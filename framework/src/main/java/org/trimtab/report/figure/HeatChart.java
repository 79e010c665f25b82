package org.trimtab.report.figure;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.style.HeatMapStyler;
import org.knowm.xchart.style.Styler;

/**
 * Draws a panel as a heat map. In maps of lengths, fields without a colour are exact zeros, which
 * show the background.
 */
final class HeatChart {
  private static final Color ZERO = new Color(0xD0, 0xD0, 0xD0);

  /** Viridis (van der Walt and Smith 2015): perceptually uniform, with any colour vision. */
  private static final Color[] VIRIDIS = {
    new Color(0x44, 0x01, 0x54),
    new Color(0x47, 0x2D, 0x7B),
    new Color(0x3B, 0x52, 0x8B),
    new Color(0x2C, 0x72, 0x8E),
    new Color(0x21, 0x91, 0x8C),
    new Color(0x28, 0xAE, 0x80),
    new Color(0x5E, 0xC9, 0x62),
    new Color(0xAD, 0xDC, 0x30),
    new Color(0xFD, 0xE7, 0x25)
  };

  /** ColorBrewer's RdBu from blue to red (Harrower and Brewer 2003), with white for 0. */
  private static final Color[] DIVERGING = {
    new Color(0x05, 0x30, 0x61),
    new Color(0x21, 0x66, 0xAC),
    new Color(0x43, 0x93, 0xC3),
    new Color(0x92, 0xC5, 0xDE),
    new Color(0xF7, 0xF7, 0xF7),
    new Color(0xF4, 0xA5, 0x82),
    new Color(0xD6, 0x60, 0x4D),
    new Color(0xB2, 0x18, 0x2B),
    new Color(0x67, 0x00, 0x1F)
  };

  /** The legend has all digits of its ends. */
  private static final MathContext SHORT = new MathContext(2, RoundingMode.CEILING);

  private HeatChart() {}

  /**
   * Draws a panel.
   *
   * @param largest the value of the last colour
   */
  static HeatMapChart of(FigurePanel panel, int width, int height, double largest) {
    // Without a theme, unlike other charts, it would have neither axes nor a legend.
    HeatMapChart chart = new HeatMapChart(width, height, Styler.ChartTheme.XChart);
    HeatMapStyler style = chart.getStyler();
    FigureStyle.apply(style);
    style.setChartTitleVisible(true);
    style.setPlotBackgroundColor(ZERO);
    style.setPlotGridLinesVisible(false);
    style.setXAxisTickMarkSpacingHint(30);
    style.setYAxisTickMarkSpacingHint(18);
    boolean cosines = panel.form() == FigurePanel.Form.COSINES;
    style.setRangeColors(cosines ? DIVERGING.clone() : VIRIDIS.clone());
    style
        .setMin(cosines ? -1 : 0)
        .setMax(cosines ? 1 : new BigDecimal(largest).round(SHORT).doubleValue());
    style.setHeatMapValueDecimalPattern("0.###");
    chart.setTitle(panel.title());
    chart.setXAxisTitle(panel.xTitle());
    chart.setYAxisTitle(panel.yTitle());
    List<String> layers =
        panel.lines().get(0).points().stream()
            .map(point -> Integer.toString((int) point.x()))
            .toList();
    List<String> heads = new ArrayList<>();
    List<Number[]> fields = new ArrayList<>();
    for (int head = 0; head < panel.lines().size(); head++) {
      heads.add(cosines ? panel.lines().get(head).label() : Integer.toString(head));
      List<FigurePoint> points = panel.lines().get(head).points();
      for (int layer = 0; layer < points.size(); layer++) {
        if (cosines || points.get(layer).y() != 0) {
          fields.add(new Number[] {layer, head, points.get(layer).y()});
        }
      }
    }
    chart.addSeries("value", layers, heads, fields);
    return chart;
  }
}
