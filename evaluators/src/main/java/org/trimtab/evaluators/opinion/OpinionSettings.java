package org.trimtab.evaluators.opinion;

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
 * Settings of opinion.
 *
 * @param dataset the questions with the shares of people who chose each option
 * @param items the items to score; null for all
 * @param limit the first so many of them alone; null for all
 * @param group the group of people to compare with, {@code POLPARTY=Democrat} of a folder; null for
 *     all groups alike, or all respondents of a folder
 * @param chatTemplate whether the prompt goes into one user turn of the model's chat template
 */
public record OpinionSettings(
    @Key("questions with the shares of people who chose each option") DatasetName dataset,
    @Key("items to score, such as 0-9; default all") @Nullable ItemSet items,
    @Key(value = "score the first so many of these items only; default all", min = 1)
        @Nullable Integer limit,
    @Key(
            "the group of people to compare with, such as POLPARTY=Democrat of an OpinionQA folder;"
                + " default all groups alike, or all respondents of a folder")
        @Nullable String group,
    @Key(
            value = "put the prompt into one user turn of the model's chat template",
            defaultValue = "false")
        boolean chatTemplate)
    implements EvaluationSettings {
  @Override
  public Set<DatasetKind> reads() {
    return Set.of(DatasetKind.OPINIONS);
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.ofNullable(items);
  }

  @Override
  public OpinionSettings resolved(int available, OptionalInt planLimit) {
    ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
    return new OpinionSettings(dataset, chosen, null, group, chatTemplate);
  }
}
