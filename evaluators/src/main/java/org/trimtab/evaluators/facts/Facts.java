package org.trimtab.evaluators.facts;

import java.util.List;
import java.util.Map;
import org.trimtab.data.Fact;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * Margins of facts (arXiv 2604.14174): margin = log p(c: t) - max over distractors of log p(c: d),
 * sums over all tokens of the text but the first. A fact passes when its margin is above 0. Beside
 * the sums the same by means per token, which do not favour short completions.
 */
public final class Facts extends BuiltInEvaluator<FactsSettings> {
  static final String LOST = "lost";
  static final String GAINED = "gained";
  static final String PASS = "pass";

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      PASS,
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Facts whose truth is likelier than every distractor (margin above 0).")
                  .asMain(),
              Metric.mean(
                      "margin",
                      Scale.NATS,
                      Direction.HIGHER,
                      "log p of the truth minus that of the likeliest distractor, by sums over"
                          + " tokens.")
                  .asMain(),
              Metric.mean(
                  "pass_per_token",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "Facts whose truth is likelier per token than every distractor."),
              Metric.mean(
                  "margin_per_token",
                  Scale.NATS,
                  Direction.HIGHER,
                  "The margin by means over tokens, which does not favour short completions."),
              Metric.mean(
                  LOST,
                  Scale.SHARE,
                  Direction.LOWER,
                  "Facts that the unmodified model passes and this one does not."),
              Metric.mean(
                  GAINED,
                  Scale.SHARE,
                  Direction.HIGHER,
                  "Facts that this model passes and the unmodified one does not."),
              Metric.custom(
                  "regressions",
                  Scale.NUMBER,
                  Direction.LOWER,
                  "Number of facts that the unmodified model passes and this one does not."),
              Metric.custom(
                  "failures",
                  Scale.NUMBER,
                  Direction.LOWER,
                  "Number of facts that do not pass (margin 0 or below).")),
          ItemRoles.ofQuestion("context", "answer", List.of(PASS))
              .groupedBy(List.of("level", "topic")));

  public Facts() {
    super("facts", 1, "facts", FactsSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(FactsSettings settings, EvaluationContext context) {
    ItemSet chosen = settings.scored().orElseThrow();
    List<Fact> facts = Fact.read(context.dataset());
    List<ScoringItem> requests =
        facts.stream()
            .filter(fact -> chosen.contains(fact.index()))
            .map(fact -> requests(fact, context))
            .toList();
    return new FactEvaluation(facts, requests, context);
  }

  @Override
  public Map<String, Double> custom(List<ItemResult> results) {
    double regressions = results.stream().mapToDouble(each -> each.scores().get(LOST)).sum();
    double passes = results.stream().mapToDouble(each -> each.scores().get(PASS)).sum();
    return Map.of("regressions", regressions, "failures", results.size() - passes);
  }

  private static ScoringItem requests(Fact fact, EvaluationContext context) {
    Tokenizer tokenizer = context.model().tokenizer();
    String place = context.dataset() + ": item " + fact.index();
    int[] prompt = tokenizer.encode(fact.prompt(), true);
    List<Request> requests =
        fact.texts().stream()
            .map(text -> Request.whole(prompt, tokenizer.encode(text, true), place))
            .toList();
    return new ScoringItem(fact.index(), context.group().applyAsInt(fact.index()), requests);
  }
}
