package org.trimtab.evaluate.answer;

import java.util.List;

/** Keeps trials while a cell runs, so that an interrupted run continues from them. */
public interface TrialLog {
  /** The known trials of a question, in the order of their numbers. */
  List<AnswerTrial> of(int item);

  /** Adds trials, all or none of them. */
  void add(List<AnswerTrial> trials);
}
