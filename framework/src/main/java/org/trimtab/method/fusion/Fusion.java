package org.trimtab.method.fusion;

import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * Fusion steering: block outputs pulled towards those of the question's own gold answer, with
 * strengths tuned for each question (arXiv 2505.22572). It knows the answer, so it is an oracle
 * that must be compared with its controls.
 */
public final class Fusion extends FusionMethod {
  public Fusion() {
    super("fusion", 1, MethodKind.TREATMENT);
  }

  @Override
  ShortQuestion referred(Cell cell, ShortQuestion question, QuestionTask task) {
    return question;
  }

  @Override
  String oracle() {
    return "steered towards the question's own gold answer, and chosen by it";
  }
}
