package org.trimtab.method.fusion;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.Asking;

/** Makes the trials for each question. */
@FunctionalInterface
interface Candidates {
  /**
   * Prepares questions together.
   *
   * @param owner owns arrays on the device
   * @return one per question, with equal numbers of trials
   */
  List<Candidate> of(NDManager owner, List<ShortQuestion> questions, Asking asking);
}
