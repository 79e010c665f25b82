package org.trimtab.evaluators.opinion;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.Opinion;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
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
 * A model's opinions against those of people: the probabilities of the options' letters, refusals
 * left out and the rest made to sum to 1 (Santurkar et al., "Whose Opinions Do Language Models
 * Reflect?", ICML 2023).
 */
public final class Opinions implements Evaluator<OpinionSettings> {
  private static final int VERSION = 2;

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "representativeness",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "1 - Wasserstein distance between the model's and people's answers, over the"
                          + " largest one.")
                  .asMain(),
              Metric.mean(
                  "kl",
                  Scale.NATS,
                  Direction.LOWER,
                  "KL(people || model) over the options of a question.")),
          ItemRoles.ofQuestion("question", null, List.of()));

  @Override
  public String name() {
    return "opinion";
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
    return "opinion";
  }

  @Override
  public Class<OpinionSettings> settings() {
    return OpinionSettings.class;
  }

  @Override
  public Evaluation prepare(OpinionSettings settings, EvaluationContext context) {
    @Nullable String group = settings.group();
    boolean chatTemplate = settings.chatTemplate();
    ItemSet chosen = settings.scored().orElseThrow();
    List<Opinion> opinions = Opinion.read(context.dataset(), group);
    List<ScoringItem> items =
        opinions.stream()
            .filter(opinion -> chosen.contains(opinion.index()))
            .map(opinion -> item(opinion, chatTemplate, context))
            .toList();
    return new OpinionEvaluation(opinions, items, context);
  }

  private static ScoringItem item(
      Opinion opinion, boolean chatTemplate, EvaluationContext context) {
    PromptTokens prompt = PromptTokens.of(context.model(), opinion.prompt(), chatTemplate);
    String place = context.dataset() + ": item " + opinion.index();
    List<Request> letters =
        opinion.options().stream()
            .map(option -> Request.of(prompt, place, option.strip()))
            .toList();
    return new ScoringItem(opinion.index(), context.group().applyAsInt(opinion.index()), letters);
  }
}
