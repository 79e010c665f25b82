package org.trimtab.evaluators.texts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Prompt;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Settings of texts.
 *
 * @param dataset the prompts
 * @param items the prompts to continue; null for all
 * @param limit only the first so many of them; null for all
 * @param chatTemplate whether a prompt is a user message in the model's chat template
 * @param maxNewTokens tokens of a text at most
 * @param stop what ends a text; null for the model's own end alone
 */
public record TextsSettings(
    @Key(
            value =
                "the prompts: a text file, of which every line is one, or a data set with questions"
                    + " or prompts",
            defaultValue = "writing-prompts")
        DatasetName dataset,
    @Key("prompts to continue, such as 0-7; default all") @Nullable ItemSet items,
    @Key(value = "continue only the first N of these prompts; default all", min = 1)
        @Nullable Integer limit,
    @Key(
            value = "put the prompt into one user turn of the model's chat template",
            defaultValue = "true")
        boolean chatTemplate,
    @Key(value = "tokens of a text at most", defaultValue = "128", min = 1, max = 4096)
        int maxNewTokens,
    @Key("texts that end a text; default: none") @Nullable List<String> stop)
    implements EvaluationSettings {
  /** Checks the stop texts. */
  public TextsSettings {
    stop = stop == null ? null : new Decoding(maxNewTokens, stop).stops();
  }

  /** How texts end. */
  Decoding decoding() {
    return new Decoding(maxNewTokens, stop == null ? List.of() : stop);
  }

  @Override
  public Set<DatasetKind> reads() {
    return Prompt.KINDS;
  }

  @Override
  public boolean byLine() {
    return true;
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.ofNullable(items);
  }

  @Override
  public TextsSettings resolved(int available, OptionalInt planLimit) {
    ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
    return new TextsSettings(dataset, chosen, null, chatTemplate, maxNewTokens, stop);
  }
}
