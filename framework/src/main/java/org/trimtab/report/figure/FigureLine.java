package org.trimtab.report.figure;

import java.util.List;

/**
 * A series of points.
 *
 * @param label its text in the legend
 * @param role determines how it is drawn
 * @param connected whether its points are connected
 * @param points the points in the order of their x
 */
public record FigureLine(String label, Role role, boolean connected, List<FigurePoint> points) {
  /** The role of a line. */
  public enum Role {
    /** A treatment: solid, in its own colour. */
    TREATMENT,
    /** A control: dashed, in its own colour. */
    CONTROL,
    /** The reference of comparisons: grey. */
    REFERENCE,
    /** A method without the setting on the x axis: dotted, in its own colour. */
    LEVEL,
    /** The points chosen by validation: dark crosses. */
    CHOSEN,
    /** The Pareto front: a thin dark line without points. */
    FRONT
  }
}
