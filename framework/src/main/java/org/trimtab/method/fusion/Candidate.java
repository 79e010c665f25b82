package org.trimtab.method.fusion;

import java.util.List;
import org.trimtab.evaluate.answer.Asked;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.model.Generator;

/** The trials for one question. */
interface Candidate {
  /** The question with its prompt. */
  Asked asked();

  /** The number of trials. */
  int trials();

  /**
   * The number of trials, starting at a given one, that do not depend on each other's values; at
   * least 1.
   */
  int together(int trial);

  /** The settings of a trial: a pure function of cell, question, number and earlier trials. */
  Point point(int trial, List<Trial> history);

  /** The prompt of a trial. */
  Generator.Prompt prompt(int trial, Point point);
}
