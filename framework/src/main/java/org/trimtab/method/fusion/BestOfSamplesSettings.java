package org.trimtab.method.fusion;

import org.jspecify.annotations.Nullable;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;

/**
 * Settings of the best of several unsteered samples.
 *
 * @param trials samples per question
 * @param temperature of the sampling
 * @param topP the probability to keep
 * @param objective what the selected sample maximises
 */
public record BestOfSamplesSettings(
    @Key(value = "samples per question", defaultValue = "5", min = 1, max = 10_000)
        Levels<Integer> trials,
    @Key(value = "sampling temperature", defaultValue = "0.7", min = 0.01, max = 10)
        Levels<Double> temperature,
    @Key(
            value = "share of the next token's probability to sample from (top-p)",
            defaultValue = "1",
            min = 0.01,
            max = 1)
        Levels<Double> topP,
    @Key(value = "what the chosen sample maximises", defaultValue = "{}")
        ObjectiveSettings objective)
    implements MethodSettings {
  @Override
  public @Nullable String secondModel() {
    return objective.perplexityModel();
  }
}
