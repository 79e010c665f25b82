package org.trimtab.evaluators.perplexity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.io.InputFile;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;

/** Perplexity of a text: exp of the mean negative log-probability of its tokens. */
public final class Perplexity implements Evaluator<PerplexitySettings> {
  private static final int VERSION = 2;
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

  @Override
  public String name() {
    return "perplexity";
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
    return "wikitext";
  }

  @Override
  public Class<PerplexitySettings> settings() {
    return PerplexitySettings.class;
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
