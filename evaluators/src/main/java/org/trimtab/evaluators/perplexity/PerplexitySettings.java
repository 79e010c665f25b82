package org.trimtab.evaluators.perplexity;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.ModelFacts;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;

/**
 * Settings of perplexity. Its items are windows of the text.
 *
 * @param dataset the text
 * @param tokens the first so many tokens of the text alone; null for all
 * @param window the number of tokens that the model sees at once
 * @param stride the number of tokens between the beginnings of two windows; each token is scored
 *     once
 */
public record PerplexitySettings(
    @Key(value = "the text", defaultValue = "wikitext-2") DatasetName dataset,
    @Key(value = "the first so many tokens of the text only; default all", min = 2)
        @Nullable Integer tokens,
    @Key(value = "tokens that the model sees at once", defaultValue = "1024", min = 2, max = 131072)
        int window,
    @Key(
            value = "tokens between the beginnings of two windows; each token is scored once",
            defaultValue = "512",
            min = 1,
            max = 131072)
        int stride)
    implements EvaluationSettings {
  /** Checks that the windows leave no gap. */
  public PerplexitySettings {
    if (stride > window) {
      throw new UserException(
          "stride " + stride + " is larger than window " + window + ": tokens would be left out");
    }
  }

  @Override
  public Set<DatasetKind> reads() {
    return Set.of(DatasetKind.TEXT);
  }

  @Override
  public void check(ModelFacts model) {
    if (window > model.contextLength()) {
      throw new UserException(
          "window %,d is longer than the context of %s, %,d tokens"
              .formatted(window, model.name(), model.contextLength()));
    }
  }

  @Override
  public Optional<ItemSet> scored() {
    return Optional.empty();
  }

  /** A limit of N items means the tokens of the first N windows. */
  @Override
  public PerplexitySettings resolved(int available, OptionalInt limit) {
    if (limit.isEmpty()) {
      return this;
    }
    long most = window + (limit.getAsInt() - 1L) * stride;
    long first = Math.min(tokens == null ? Integer.MAX_VALUE : tokens, most);
    return new PerplexitySettings(dataset, (int) first, window, stride);
  }
}
