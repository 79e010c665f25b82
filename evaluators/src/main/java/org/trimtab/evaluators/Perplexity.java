package org.trimtab.evaluators;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.LikelihoodEvaluation;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.io.InputFile;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.ModelFacts;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Key;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;

/** Perplexity of a text: exp of the mean negative log-probability of its tokens. */
public final class Perplexity extends BuiltInEvaluator<Perplexity.PerplexitySettings> {
  /**
   * Settings of perplexity. Its items are windows of the text.
   *
   * @param dataset the text
   * @param tokens only the first so many tokens of the text; null for all
   * @param window the number of tokens that the model sees at once
   * @param stride the number of tokens between the beginnings of two windows; each token is scored
   *     once
   */
  public record PerplexitySettings(
      @Key(value = "the text", defaultValue = "wikitext-2") DatasetName dataset,
      @Key(value = "only the first N tokens of the text; default all", min = 2)
          @Nullable Integer tokens,
      @Key(
              value = "tokens that the model sees at once",
              defaultValue = "1024",
              min = 2,
              max = 131072)
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

  /** The windows of one text, bound to a model; an item is a window. */
  static final class WindowEvaluation extends LikelihoodEvaluation {
    private final List<ScoringItem> windows;

    WindowEvaluation(List<ScoringItem> windows, EvaluationContext context) {
      super(windows, context);
      this.windows = windows;
    }

    @Override
    protected ItemResult result(int window, double[] logLikelihoods) {
      int tokens = windows.get(window).requests().get(0).continuation().length;
      double nll = -logLikelihoods[0];
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.put("nll", nll).put("tokens", tokens);
      return new ItemResult(window, details, Map.of("nll_per_token", nll / tokens));
    }
  }

  private static final String TOKENS = "tokens";

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.perplexity(
                      "perplexity",
                      "exp of the mean negative log-probability of the text's tokens.")
                  .asMain(),
              Metric.custom(
                  TOKENS,
                  Metric.Scale.NUMBER,
                  Metric.Direction.NEITHER,
                  "Tokens that are scored.")),
          ItemRoles.ofText("nll", TOKENS));

  public Perplexity() {
    super("perplexity", 2, "wikitext", PerplexitySettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(PerplexitySettings settings, EvaluationContext context) {
    String text = InputFile.text(context.dataset());
    int[] tokens = context.model().tokenizer().encode(text, true);
    if (settings.tokens() != null) {
      tokens = Arrays.copyOf(tokens, Math.min(tokens.length, settings.tokens()));
    }
    int window = settings.window();
    int stride = settings.stride();
    List<ScoringItem> windows = Windows.cut(tokens, window, stride);
    return new WindowEvaluation(windows, context);
  }

  @Override
  public Map<String, Double> custom(List<ItemResult> results) {
    return Map.of(
        TOKENS, results.stream().mapToDouble(r -> r.details().get(TOKENS).asDouble()).sum());
  }
}
