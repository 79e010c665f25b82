package org.trimtab.evaluators.simpleqa;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;

/**
 * SimpleQA: short questions, answered greedily (Wei et al., 2024). {@code contains} is the share of
 * answers that hold the gold answer word for word; with a judge also its grades as shares, {@code
 * accuracy_given_attempted} and {@code f1}.
 */
public final class SimpleQa extends BuiltInEvaluator<SimpleQaSettings> {
  private static final String CORRECT = Grade.CORRECT.word();

  private static final Measurement MEASUREMENT =
      new Measurement(
          Stream.concat(GradedAnswer.METRICS.stream(), GradeShares.metrics().stream()).toList(),
          ItemRoles.ofQuestion("question", "answer", List.of(CORRECT, GradedAnswer.CONTAINS)));

  public SimpleQa() {
    super("simpleqa", 3, "simpleqa", SimpleQaSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(SimpleQaSettings settings, EvaluationContext context) {
    ItemSet chosen = settings.scored().orElseThrow();
    List<ShortQuestion> questions =
        ShortQuestion.read(context.dataset()).stream()
            .filter(question -> chosen.contains(question.index()))
            .toList();
    return new AnswerEvaluation(questions, settings, context);
  }

  @Override
  public Map<String, Double> custom(List<ItemResult> results) {
    List<Map<String, Double>> scores = results.stream().map(ItemResult::scores).toList();
    return scores.stream().allMatch(each -> each.containsKey(CORRECT))
        ? GradeShares.attempted(scores)
        : Map.of();
  }

  @Override
  public Optional<JudgeSettings> judge(SimpleQaSettings settings) {
    return Optional.ofNullable(settings.judge());
  }

  @Override
  public List<ItemResult> grade(SimpleQaSettings settings, List<ItemResult> results, Judge judge) {
    List<GradedAnswer> open =
        results.stream()
            .filter(result -> GradeShares.isUngraded(result.scores()))
            .map(GradedAnswer::of)
            .toList();
    return GradedAnswer.judged(open, judge).stream()
        .map(GradedAnswer::result)
        .filter(result -> !GradeShares.isUngraded(result.scores()))
        .toList();
  }
}
