package org.trimtab.report.figure;

import java.util.Collection;
import java.util.Locale;

/**
 * The axis of penalties: logarithmic, with 0 to the left of all others.
 *
 * @param zero the position of 0, a power of ten at least a third of a decade from the next penalty
 */
record PenaltyAxis(double zero) {
  private static final double GAP = 0.3;
  private static final double ROUNDING = 1e-9;

  static PenaltyAxis of(Collection<FigurePoint> points) {
    double least = points.stream().mapToDouble(FigurePoint::x).filter(x -> x > 0).min().orElse(1);
    return new PenaltyAxis(Math.floor(Math.log10(least) - GAP));
  }

  /** The position of a penalty. */
  double position(double penalty) {
    return penalty > 0 ? Math.log10(penalty) : zero;
  }

  /** The label of a tick; empty between 0 and the next power of ten. */
  String label(double position) {
    if (Math.abs(position - zero) < ROUNDING) {
      return "0";
    }
    return position < zero + GAP - ROUNDING
        ? ""
        : String.format(Locale.ROOT, "%.2g", Math.pow(10, position));
  }
}
