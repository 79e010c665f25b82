package org.trimtab.evaluate.answer;

import java.util.List;
import org.trimtab.data.ShortQuestion;
import org.trimtab.model.TextGenerator.Decoding;

/** How an evaluation poses its questions; the same for all methods of a table. */
public interface QuestionTask {
  /** All questions of the evaluation, in order. */
  List<ShortQuestion> questions();

  /** The prompt of a question, which may have been reworded. */
  QuestionPrompt prompt(ShortQuestion question);

  /** How answers end. */
  Decoding decoding();

  /** The largest number of sequences generated together. */
  int rows();
}
