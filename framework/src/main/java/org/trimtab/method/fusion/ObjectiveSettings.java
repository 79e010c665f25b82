package org.trimtab.method.fusion;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.Key;

/**
 * The objective of trials: J = overlap weight x overlap - perplexity weight x min(perplexity / cap,
 * 1).
 *
 * @param overlapWeight weight of the share of the gold answer's words
 * @param perplexityWeight weight of the perplexity
 * @param perplexityCap the perplexity that counts as 1, as do all above it
 * @param text the text that is scored
 * @param perplexityModel the model of the perplexity; null for the model itself, unsteered
 */
public record ObjectiveSettings(
    @Key(value = "weight of the overlap with the gold answer", defaultValue = "0.7", min = 0)
        double overlapWeight,
    @Key(value = "weight of the perplexity", defaultValue = "0.3", min = 0) double perplexityWeight,
    @Key(value = "perplexity that counts as 1, as does any above it", defaultValue = "100", min = 1)
        double perplexityCap,
    @Key(
            value = "text that is scored: continuation, or whole (with the prompt, as published)",
            defaultValue = "continuation")
        Text text,
    @Key("model of the perplexity, as in 'model'; default: the same model, unsteered")
        @Nullable String perplexityModel) {
  /** The part of prompt and continuation that is scored. */
  public enum Text {
    /** The continuation. */
    CONTINUATION,
    /** The prompt and the continuation. */
    WHOLE
  }

  /** Keys without effect, by path, and why. */
  Map<String, String> unused() {
    String reason = "its weight is 0 ('perplexity_weight')";
    return perplexityWeight > 0
        ? Map.of()
        : Map.of("objective.perplexity_cap", reason, "objective.perplexity_model", reason);
  }
}
