package org.trimtab.evaluators.facts;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Settings of facts.
 *
 * @param dataset the facts
 * @param items the items to score; null for all
 * @param limit only the first so many of them; null for all
 */
public record FactsSettings(
    @Key("the facts: a context with a true and false completions") DatasetName dataset,
    @Key("items to score, such as 0-9; default all") @Nullable ItemSet items,
    @Key(value = "score only the first N of these items; default all", min = 1)
        @Nullable Integer limit)
    implements EvaluationSettings {
  @Override
  public Set<DatasetKind> reads() {
    return Set.of(DatasetKind.FACTS);
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.ofNullable(items);
  }

  @Override
  public FactsSettings resolved(int available, OptionalInt planLimit) {
    ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
    return new FactsSettings(dataset, chosen, null);
  }
}
