package org.trimtab.evaluate.answer;

import java.util.List;
import org.trimtab.data.ShortQuestion;
import org.trimtab.model.Generator;
import org.trimtab.model.intervene.Intervention;

/**
 * An intervention that differs from question to question: it answers questions itself, by trials.
 * Evaluators without questions cannot measure it.
 */
public interface AnsweringIntervention extends Intervention {
  /**
   * The fact of a fit that says how the gold answer is used: a method that knows the answer does
   * not compete with those that do not, and tables note it.
   */
  String ORACLE = "oracle";

  /**
   * Answers questions together.
   *
   * @param log holds the trials of earlier sessions, and receives each new one
   * @return the answers, in the questions' order
   */
  List<Answer> answer(List<ShortQuestion> questions, QuestionTask task, TrialLog log);

  /** The prompt of the first trial of a question. */
  Generator.Prompt first(ShortQuestion question, QuestionTask task);
}
