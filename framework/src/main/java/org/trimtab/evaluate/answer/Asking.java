package org.trimtab.evaluate.answer;

import java.util.List;
import org.trimtab.data.ShortQuestion;
import org.trimtab.model.Decoding;

/** How an evaluation asks: the same for all methods of a table. */
public interface Asking {
  /** All questions of the evaluation, in order. */
  List<ShortQuestion> questions();

  /** Puts a question, which may have been given other words, as all are put. */
  Asked ask(ShortQuestion question);

  /** When an answer ends. */
  Decoding decoding();

  /** Sequences that are generated together at most. */
  int rows();
}
