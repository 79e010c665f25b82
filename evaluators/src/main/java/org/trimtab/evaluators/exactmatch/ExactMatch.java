package org.trimtab.evaluators.exactmatch;

import java.util.List;
import java.util.Map;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Shuffle;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * Exact match on rule tasks, as in the work on function vectors: greedy generation after {@code Q:
 * hot}, {@code A:}, of which the first line is compared with the target.
 */
public final class ExactMatch implements Evaluator<ExactMatchSettings> {
  private static final int VERSION = 2;

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "exact_match",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Answers whose first line is the target.")
                  .asMain(),
              Metric.mean(
                  "reciprocal_rank",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "Mean of 1 / rank of the target's first token."),
              Metric.custom(
                  "rank_median",
                  Scale.NUMBER,
                  Direction.LOWER,
                  "Median rank of the target's first token.")),
          ItemRoles.ofQuestion("prompt", "generated", List.of("exact_match")));

  /** Every cell has the same examples, whatever its seed, so that cells differ in method alone. */
  private static final long EXAMPLES = 0;

  @Override
  public String name() {
    return "exact-match";
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
    return "exact-match";
  }

  @Override
  public Class<ExactMatchSettings> settings() {
    return ExactMatchSettings.class;
  }

  @Override
  public Evaluation prepare(ExactMatchSettings settings, EvaluationContext context) {
    List<Pair> pairs = Pair.read(context.dataset());
    ItemSet chosen = settings.scored().orElseThrow();
    ItemSet others = ItemSet.first(pairs.size()).minus(chosen);
    List<Pair> examples =
        Shuffle.of(others, EXAMPLES, "shots").stream()
            .limit(settings.shots())
            .map(pairs::get)
            .toList();
    return new PairEvaluation(
        pairs,
        chosen.ids(),
        PairPrompt.context(examples),
        settings.newTokens(),
        settings.chatTemplate(),
        context);
  }

  @Override
  public Map<String, Double> custom(List<ItemResult> results) {
    double[] ranks = results.stream().mapToDouble(r -> r.scores().get("rank")).sorted().toArray();
    int middle = ranks.length / 2;
    return Map.of(
        "rank_median",
        ranks.length % 2 == 1 ? ranks[middle] : (ranks[middle - 1] + ranks[middle]) / 2);
  }
}
