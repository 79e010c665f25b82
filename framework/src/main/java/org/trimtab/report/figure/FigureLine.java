package org.trimtab.report.figure;

import java.util.List;

/**
 * Points that belong together.
 *
 * @param label what the legend says
 * @param role how it is drawn
 * @param connected whether its points are connected
 * @param points the points in the order of their x
 */
public record FigureLine(String label, Role role, boolean connected, List<FigurePoint> points) {
  /** What a line is for. */
  public enum Role {
    /** What is studied: solid, in a colour of its own. */
    TREATMENT,
    /** A control: dashed, in a colour of its own. */
    CONTROL,
    /** What all are compared with: grey. */
    REFERENCE,
    /** A method without what x stands for: dotted, in a colour of its own. */
    LEVEL,
    /** What a choice among points took: dark crosses. */
    CHOSEN,
    /** The Pareto front: a thin dark line without points. */
    FRONT
  }
}
