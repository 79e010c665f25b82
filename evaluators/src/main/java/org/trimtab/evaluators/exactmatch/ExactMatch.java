package org.trimtab.evaluators.exactmatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.Shuffle;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Key;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * Exact match on rule tasks, as in the work on function vectors: greedy generation after {@code Q:
 * hot}, {@code A:}, of which the first line is compared with the target.
 */
public final class ExactMatch extends BuiltInEvaluator<ExactMatch.ExactMatchSettings> {
  /**
   * Settings of exact match.
   *
   * @param dataset the data set of pairs
   * @param items the items to score; null for all
   * @param limit only the first so many of them; null for all
   * @param shots answered examples before each prompt, the same for every cell; they are drawn from
   *     the items that are not scored
   * @param newTokens tokens to generate at most
   * @param chatTemplate whether the prompt goes into one user turn of the model's chat template
   */
  public record ExactMatchSettings(
      @Key("a data set of pairs") DatasetName dataset,
      @Key("items to score, such as 100-199; default all") @Nullable ItemSet items,
      @Key(value = "score only the first N of these items; default all", min = 1)
          @Nullable Integer limit,
      @Key(
              value = "answered examples before each prompt, in every cell, from items not scored",
              defaultValue = "0",
              min = 0)
          int shots,
      @Key(value = "tokens to generate at most", defaultValue = "16", min = 1, max = 4096)
          int newTokens,
      @Key(
              value = "put the prompt into one user turn of the model's chat template",
              defaultValue = "false")
          boolean chatTemplate)
      implements EvaluationSettings {
    @Override
    public Set<DatasetKind> reads() {
      return Set.of(DatasetKind.PAIRS);
    }

    @Override
    public Optional<ItemSet> scored() {
      return Optional.ofNullable(items);
    }

    @Override
    public ExactMatchSettings resolved(int available, OptionalInt planLimit) {
      ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
      int left = available - chosen.size();
      if (shots > left) {
        throw new UserException(
            "shots %d: %d items of %s are not scored, and examples are never scored ones; name fewer in items"
                .formatted(shots, left, dataset));
      }
      return new ExactMatchSettings(dataset, chosen, null, shots, newTokens, chatTemplate);
    }
  }

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

  public ExactMatch() {
    super("exact-match", 2, "exact-match", ExactMatchSettings.class, MEASUREMENT);
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
