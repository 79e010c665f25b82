package org.trimtab.report.figure;

import java.util.List;

/**
 * What a figure shows, without how it looks.
 *
 * @param options the figure
 * @param caption what it shows, a few sentences
 * @param panels its parts, from top to bottom
 * @param notes what is not drawn, and why
 */
public record FigureData(
    FigureOptions options, String caption, List<FigurePanel> panels, List<String> notes) {
  /** A figure of one panel of lines. */
  static FigureData of(
      FigureOptions options,
      String caption,
      String xTitle,
      String yTitle,
      List<FigureLine> lines,
      List<String> notes) {
    FigurePanel panel = new FigurePanel(FigurePanel.Form.LINES, "", xTitle, yTitle, lines);
    return new FigureData(options, caption, List.of(panel), notes);
  }
}
