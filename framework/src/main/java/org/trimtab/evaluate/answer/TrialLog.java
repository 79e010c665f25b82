package org.trimtab.evaluate.answer;

import java.util.List;

/** Where trials are kept while a cell runs, so that a run that was cut off goes on from them. */
public interface TrialLog {
  /** The trials of a question that are known, in the order of their numbers. */
  List<AnswerTrial> of(int item);

  /** Keeps some more trials, all or none of them. */
  void add(List<AnswerTrial> trials);
}
