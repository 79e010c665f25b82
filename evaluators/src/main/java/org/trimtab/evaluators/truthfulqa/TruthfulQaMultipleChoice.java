package org.trimtab.evaluators.truthfulqa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.data.MultipleChoice;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.PromptTokens;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * TruthfulQA multiple choice: mc1, mc2 and their variants from one log-likelihood a choice. Equal
 * to lm-evaluation-harness item by item; a number that is not finite is refused instead of scored.
 */
public final class TruthfulQaMultipleChoice implements Evaluator<TruthfulQaMcSettings> {
  private static final int VERSION = 2;

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "mc1",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Questions whose best answer is the likeliest of its choices.")
                  .asMain(),
              Metric.mean(
                      "mc2",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Probability of the true choices among all choices.")
                  .asMain(),
              Metric.mean(
                  "mc3",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "True choices that are likelier than every false one."),
              Metric.mean(
                  "mc2_v2",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "mc2 as older versions of lm-evaluation-harness split the choices."),
              Metric.mean(
                  "mc1_chance",
                  Scale.SHARE,
                  Direction.NEITHER,
                  "mc1 of a guess among the choices."),
              Metric.mean(
                  "mc2_chance",
                  Scale.SHARE,
                  Direction.NEITHER,
                  "Share of the choices that are true."),
              Metric.custom(
                  "ties",
                  Scale.NUMBER,
                  Direction.NEITHER,
                  "Questions of which several choices are the likeliest.")),
          ItemRoles.ofQuestion("question", "answer", List.of("mc1")));

  @Override
  public String name() {
    return "truthfulqa-mc";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Measurement measurement() {
    return MEASUREMENT;
  }

  @Override
  public String metricPrefix() {
    return "truthfulqa";
  }

  @Override
  public Class<TruthfulQaMcSettings> settings() {
    return TruthfulQaMcSettings.class;
  }

  @Override
  public Evaluation prepare(TruthfulQaMcSettings settings, EvaluationContext context) {
    ItemSet chosen = settings.scored().orElseThrow();
    Prompt prompt = new Prompt(context.model(), settings.primer(), settings.chatTemplate());
    List<MultipleChoice> items =
        MultipleChoice.read(context.dataset()).stream()
            .filter(item -> chosen.contains(item.index()))
            .toList();
    // In parallel, since every choice is tokenised together with its whole context.
    List<ScoringItem> requests =
        items.parallelStream()
            .map(item -> requests(item, prompt, context.group().applyAsInt(item.index())))
            .toList();
    return new ChoiceEvaluation(items, requests, context);
  }

  @Override
  public Map<String, Double> custom(List<ItemResult> results) {
    return Map.of("ties", results.stream().mapToDouble(r -> r.scores().get("tie")).sum());
  }

  private static ScoringItem requests(MultipleChoice item, Prompt prompt, int group) {
    List<String> choices = new ArrayList<>(item.mc1().texts());
    choices.addAll(item.mc2().texts());
    PromptTokens context = prompt.context(item.question());
    String place = "truthfulqa item " + item.index();
    List<Request> requests =
        choices.stream().map(choice -> Request.of(context, place, choice)).toList();
    return new ScoringItem(item.index(), group, requests);
  }
}
