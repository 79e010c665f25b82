package org.trimtab.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.EvaluatorDeclaration;

/** Turns a model and items into item results and metrics. Found by ServiceLoader; stateless. */
public interface Evaluator {
  /** What the spec must know of it. */
  EvaluatorDeclaration declaration();

  /** Binds it to a model and the items of a plan: reads the data and tokenises. */
  Evaluation prepare(PlannedEvaluation planned, EvaluationContext context);

  /**
   * The metrics of an evaluation from its item results alone, without a model: what {@code verify}
   * holds journals against.
   *
   * @return nothing when they cannot be had without one; then metrics that are means of item scores
   *     are still checked
   */
  default Optional<Map<String, Double>> metrics(
      PlannedEvaluation planned, List<ItemResult> results) {
    return Optional.empty();
  }

  /** The judge that an evaluation asks; nothing for one that asks none. */
  default Optional<JudgeSettings> judge(PlannedEvaluation planned) {
    return Optional.empty();
  }

  /**
   * Grades answers that a judge has left ungraded, without generating them again.
   *
   * @param results all results of one cell
   * @return those that are graded now, in their order
   */
  default List<ItemResult> grade(PlannedEvaluation planned, List<ItemResult> results, Judge judge) {
    return List.of();
  }
}
