package org.trimtab.evaluators.exactmatch;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Settings of exact match.
 *
 * @param dataset the data set of pairs
 * @param items the items to score; null for all
 * @param limit the first so many of them alone; null for all
 * @param shots answered examples before each prompt, the same for every cell; they are drawn from
 *     the items that are not scored
 * @param newTokens tokens to generate at most
 * @param chatTemplate whether the prompt goes into one user turn of the model's chat template
 */
public record ExactMatchSettings(
    @Key("a data set of pairs") DatasetName dataset,
    @Key("items to score, such as 100-199; default all") @Nullable ItemSet items,
    @Key(value = "score the first so many of these items only; default all", min = 1)
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
