package org.trimtab.report.figure;

import org.trimtab.report.TableMaker;

/** A kind of figure. Stateless, with a constructor without arguments. */
interface Figure {
  /**
   * What the figure shows of one evaluation.
   *
   * @throws NoDataException when the rows hold nothing to draw, with the reason
   */
  FigureData of(FigureRows rows, FigureOptions options, TableMaker maker) throws NoDataException;

  /** Whether it shows fits alone: then it is drawn once for evaluations of the same cells. */
  default boolean ofFits() {
    return false;
  }
}
