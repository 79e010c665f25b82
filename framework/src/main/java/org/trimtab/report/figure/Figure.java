package org.trimtab.report.figure;

import org.trimtab.report.TableMaker;
import org.trimtab.spec.FigureKind;
import org.trimtab.spec.Report;

/**
 * Draws one kind of figure. Stateless, public, with a constructor without arguments and a line in
 * {@code META-INF/services/org.trimtab.spec.FigureKind}.
 */
interface Figure extends FigureKind {
  /**
   * What the figure shows of one evaluation.
   *
   * @throws LeftOutException when the rows hold nothing to draw, with the reason
   */
  FigureData of(FigureRows rows, Report.Figure options, TableMaker maker) throws LeftOutException;

  /** Whether it shows fits alone: then it is drawn once for evaluations of the same cells. */
  default boolean ofFits() {
    return false;
  }
}
