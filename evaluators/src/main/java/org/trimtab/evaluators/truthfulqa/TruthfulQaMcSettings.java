package org.trimtab.evaluators.truthfulqa;

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
 * Settings of TruthfulQA by multiple choice.
 *
 * @param dataset the data set
 * @param items the items to score; null for all
 * @param limit the first so many of them alone; null for all
 * @param primer whether the six question-answer pairs of the benchmark stand before each question
 * @param chatTemplate whether the context goes into one user turn and no space comes before a
 *     choice, as the harness does under a chat template
 */
public record TruthfulQaMcSettings(
    @Key(value = "the data set", defaultValue = "truthfulqa") DatasetName dataset,
    @Key("items to score, such as 100-199; default all") @Nullable ItemSet items,
    @Key(value = "score the first so many of these items only; default all", min = 1)
        @Nullable Integer limit,
    @Key(
            value =
                "put the benchmark's six question-answer pairs before each question, as published"
                    + " scores do",
            defaultValue = "true")
        boolean primer,
    @Key(
            value = "put the context into one user turn of the model's chat template",
            defaultValue = "false")
        boolean chatTemplate)
    implements EvaluationSettings {
  @Override
  public Set<DatasetKind> reads() {
    return Set.of(DatasetKind.MULTIPLE_CHOICE);
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.ofNullable(items);
  }

  @Override
  public TruthfulQaMcSettings resolved(int available, OptionalInt planLimit) {
    ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
    return new TruthfulQaMcSettings(dataset, chosen, null, primer, chatTemplate);
  }
}
