package org.trimtab.report.figure;

import java.util.Collection;
import java.util.Locale;

/**
 * Where penalties stand: at their logarithms, and 0 left of all others.
 *
 * @param zero where 0 stands, a whole power of ten at least a third of a decade from the next
 */
record PenaltyAxis(double zero) {
  private static final double GAP = 0.3;
  private static final double ROUNDING = 1e-9;

  static PenaltyAxis of(Collection<FigurePoint> points) {
    double least = points.stream().mapToDouble(FigurePoint::x).filter(x -> x > 0).min().orElse(1);
    return new PenaltyAxis(Math.floor(Math.log10(least) - GAP));
  }

  /** Where a penalty stands. */
  double position(double penalty) {
    return penalty > 0 ? Math.log10(penalty) : zero;
  }

  /** What stands at a tick; nothing between 0 and the next power of ten. */
  String label(double position) {
    if (Math.abs(position - zero) < ROUNDING) {
      return "0";
    }
    return position < zero + GAP - ROUNDING
        ? ""
        : String.format(Locale.ROOT, "%.2g", Math.pow(10, position));
  }
}
