package org.trimtab.evaluators.simpleqa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.evaluate.grade.Verdict;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.EvaluatorDeclaration;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Settings;

/**
 * SimpleQA: short questions, answered greedily (Wei et al., 2024). {@code contains} is the share of
 * answers that hold the gold answer word for word; with a judge also its grades as shares, {@code
 * accuracy_given_attempted} and {@code f1}.
 */
public final class SimpleQa implements Evaluator {
  private static final int VERSION = 3;
  private static final String CORRECT = Grade.CORRECT.word();

  private static final Measurement MEASUREMENT =
      new Measurement(
          Stream.concat(GradedAnswer.METRICS.stream(), GradeShares.metrics().stream()).toList(),
          ItemRoles.ofQuestion("question", "answer", List.of(CORRECT, GradedAnswer.CONTAINS)));

  @Override
  public EvaluatorDeclaration declaration() {
    return new EvaluatorDeclaration(
        "simpleqa", VERSION, "simpleqa", SimpleQaSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(PlannedEvaluation planned, EvaluationContext context) {
    SimpleQaSettings settings = settings(planned);
    ItemSet chosen = ItemSet.parse(planned.settings().get("items").asText());
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
  public Optional<JudgeSettings> judge(PlannedEvaluation planned) {
    return Optional.ofNullable(settings(planned).judge());
  }

  @Override
  public List<ItemResult> grade(PlannedEvaluation planned, List<ItemResult> results, Judge judge) {
    List<GradedAnswer> open =
        results.stream()
            .filter(result -> GradeShares.isUngraded(result.scores()))
            .map(GradedAnswer::of)
            .toList();
    List<Verdict> verdicts = judge.grade(open.stream().map(GradedAnswer::candidate).toList());
    List<ItemResult> graded = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      ItemResult result = open.get(i).judged(verdicts.get(i)).result();
      if (!GradeShares.isUngraded(result.scores())) {
        graded.add(result);
      }
    }
    return graded;
  }

  private static SimpleQaSettings settings(PlannedEvaluation planned) {
    return Settings.bind(planned.settings(), SimpleQaSettings.class);
  }
}
