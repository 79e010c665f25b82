package org.trimtab.method.fusion;

import java.util.List;
import org.trimtab.evaluate.answer.Asked;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.model.Generator;

/** What is tried to answer one question. */
interface Candidate {
  /** The question as it is put. */
  Asked asked();

  /** The number of trials. */
  int trials();

  /** How many trials, from one on, do not depend on each other's values; at least 1. */
  int together(int trial);

  /** The settings of a trial: a pure function of cell, question, number and earlier trials. */
  Point point(int trial, List<Trial> history);

  /** What a trial generates from. */
  Generator.Prompt prompt(int trial, Point point);
}
