package org.trimtab.report.figure;

import java.util.List;
import java.util.stream.Stream;
import org.trimtab.spec.Report;

/**
 * The content of a figure, without its style.
 *
 * @param options the figure
 * @param caption what it shows, a few sentences
 * @param rows its panels, row by row from top to bottom
 * @param notes what is not drawn, and why
 */
public record FigureData(
    Report.Figure options, String caption, List<List<FigurePanel>> rows, List<String> notes) {
  /** A figure of one panel of lines. */
  static FigureData of(
      Report.Figure options,
      String title,
      String caption,
      String xTitle,
      String yTitle,
      List<FigureLine> lines,
      List<String> notes) {
    FigurePanel panel = new FigurePanel(FigurePanel.Form.LINES, title, xTitle, yTitle, lines);
    return new FigureData(options, caption, List.of(List.of(panel)), notes);
  }

  /** Figures below each other, under their common caption. */
  static FigureData below(List<FigureData> parts) {
    FigureData first = parts.get(0);
    return new FigureData(
        first.options,
        first.caption,
        parts.stream().flatMap(part -> part.rows.stream()).toList(),
        parts.stream().flatMap(part -> part.notes.stream()).toList());
  }

  FigureData noting(List<String> more) {
    List<String> all = Stream.concat(notes.stream(), more.stream()).toList();
    return new FigureData(options, caption, rows, all);
  }

  /** Its parts, row by row. */
  public List<FigurePanel> panels() {
    return rows.stream().flatMap(List::stream).toList();
  }
}
