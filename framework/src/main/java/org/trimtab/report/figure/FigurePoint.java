package org.trimtab.report.figure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.report.Interval;

/**
 * A point of a figure, in the units of its axes.
 *
 * @param x its position
 * @param y its value
 * @param xInterval the 95 % interval of x; null for none
 * @param yInterval the 95 % interval of y; null for none
 * @param halfWidth half the length of a bar from x - halfWidth to x + halfWidth; 0 for a point
 * @param label its label; may be empty
 * @param cells the ids of its cells
 */
public record FigurePoint(
    double x,
    double y,
    @Nullable Interval xInterval,
    @Nullable Interval yInterval,
    double halfWidth,
    String label,
    List<String> cells) {
  static FigurePoint of(double x, double y, List<String> cells) {
    return of(x, y, null, cells);
  }

  static FigurePoint of(double x, double y, @Nullable Interval yInterval, List<String> cells) {
    return new FigurePoint(x, y, null, yInterval, 0, "", cells);
  }

  FigurePoint movedTo(double other) {
    return new FigurePoint(other, y, xInterval, yInterval, halfWidth, label, cells);
  }
}
