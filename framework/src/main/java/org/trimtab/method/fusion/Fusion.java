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
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "fusion";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.TREATMENT;
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
