package org.trimtab.evaluate.answer;

import java.util.List;
import org.trimtab.data.ShortQuestion;
import org.trimtab.model.Generator;
import org.trimtab.model.intervene.Intervention;

/**
 * An intervention that is another one for each question: it answers questions itself, by trials.
 * Evaluators that ask no questions cannot measure it.
 */
public interface Answering extends Intervention {
  /**
   * The fact of a fit that tells what of the gold answer is used: whoever knows the answer is no
   * competitor of those who do not, and tables say so.
   */
  String ORACLE = "oracle";

  /**
   * Answers questions together.
   *
   * @param log holds the trials that an earlier session has made, and takes each new one
   * @return the answers, in the questions' order
   */
  List<Answer> answer(List<ShortQuestion> questions, Asking asking, TrialLog log);

  /** What is generated from in the first trial of a question. */
  Generator.Prompt first(ShortQuestion question, Asking asking);
}
