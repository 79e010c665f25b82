package org.trimtab.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.EvaluatorDeclaration;
import org.trimtab.spec.bind.Settings;

/**
 * Turns a model and items into item results and metrics. Found by ServiceLoader; stateless.
 *
 * @param <S> the record of its settings, which plans resolve: items are numbers
 */
public interface Evaluator<S extends Record & EvaluationSettings> extends EvaluatorDeclaration {
  @Override
  Class<S> settings();

  /** Binds it to a model and the items of a plan: reads the data and tokenises. */
  Evaluation prepare(S settings, EvaluationContext context);

  /** Binds a planned evaluation. */
  default Evaluation prepare(PlannedEvaluation planned, EvaluationContext context) {
    return prepare(settings(planned), context);
  }

  /** The settings of a planned evaluation, or of one that was read from a file. */
  default S settings(PlannedEvaluation planned) {
    return planned.values() != null
        ? settings().cast(planned.values())
        : Settings.bind(planned.settings(), settings());
  }

  /**
   * The metrics that it declares as {@link org.trimtab.spec.Metric.Aggregation#CUSTOM}, from its
   * item results alone; those that these results do not give are left out.
   *
   * @param results at least one
   */
  default Map<String, Double> custom(List<ItemResult> results) {
    return Map.of();
  }

  /** The judge that an evaluation asks; empty if it asks none. */
  default Optional<JudgeSettings> judge(S settings) {
    return Optional.empty();
  }

  /** The judge of a planned evaluation. */
  default Optional<JudgeSettings> judge(PlannedEvaluation planned) {
    return judge(settings(planned));
  }

  /**
   * Grades answers that a judge has left ungraded, without generating them again.
   *
   * @param results all results of one cell
   * @return those that are graded now, in their order
   */
  default List<ItemResult> grade(S settings, List<ItemResult> results, Judge judge) {
    return List.of();
  }

  /** Grades the answers of a planned evaluation. */
  default List<ItemResult> grade(PlannedEvaluation planned, List<ItemResult> results, Judge judge) {
    return grade(settings(planned), results, judge);
  }
}
