package org.trimtab.report.figure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a figure with its own axes.
 *
 * @param form how its lines are drawn
 * @param title distinguishes it from other panels; may be empty
 * @param xTitle title of the x axis, with its unit
 * @param yTitle title of the y axis, with its unit
 * @param lines what is drawn, the reference first
 * @param xNames what the whole numbers of the x axis from 0 on stand for; empty for a scale
 */
public record FigurePanel(
    Form form,
    String title,
    String xTitle,
    String yTitle,
    List<FigureLine> lines,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> xNames) {
  /** A panel whose x axis is a scale. */
  public FigurePanel(
      Form form, String title, String xTitle, String yTitle, List<FigureLine> lines) {
    this(form, title, xTitle, yTitle, lines, List.of());
  }

  /** Panels in rows of a length, of which the last may be shorter. */
  static List<List<FigurePanel>> inRows(int length, List<FigurePanel> panels) {
    List<List<FigurePanel>> rows = new ArrayList<>();
    for (int i = 0; i < panels.size(); i += length) {
      rows.add(panels.subList(i, Math.min(i + length, panels.size())));
    }
    return rows;
  }

  /** How lines are drawn. */
  public enum Form {
    /** As lines. */
    LINES,
    /** As lines over the logarithm of x, 0 at the left end. */
    PENALTIES,
    /** As penalties, of counts: y begins at 0. */
    COUNTS,
    /** Each line as a row of coloured fields, with a separate colour for exact zeros. */
    HEAT_MAP,
    /** As a heat map, of cosines: colours from -1 to 1. Lines are named by their labels. */
    COSINES;

    boolean map() {
      return this == HEAT_MAP || this == COSINES;
    }

    boolean logarithmic() {
      return this == PENALTIES || this == COUNTS;
    }
  }
}
