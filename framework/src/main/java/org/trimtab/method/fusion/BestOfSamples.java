package org.trimtab.method.fusion;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.fusion.TrialSearch.TrialPlan;
import org.trimtab.method.fusion.TrialSearch.TrialPlans;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.model.Generator;
import org.trimtab.model.Sampling;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodKind;

/**
 * The best of several samples of the unsteered model: a baseline of fusion, selected as fusion
 * selects among its trials. What fusion gains beyond it is not due to having several attempts.
 */
public final class BestOfSamples extends BuiltInMethod<BestOfSamples.BestOfSamplesSettings> {
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

    @Override
    public Map<String, String> unused() {
      return objective.unused();
    }
  }

  public BestOfSamples() {
    super("best-of-samples", 1, MethodKind.BASELINE, BestOfSamplesSettings.class);
  }

  @Override
  public int lowestLayer(BestOfSamplesSettings settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public FittedMethod fit(Cell cell, BestOfSamplesSettings settings, FitContext context) {
    Sampling sampling = new Sampling(settings.temperature().only(), settings.topP().only(), 0);
    int trials = settings.trials().only();
    TrialPlans plans =
        (owner, questions, task) ->
            questions.stream()
                .<TrialPlan>map(
                    question -> new Sampled(task.prompt(question), trials, sampling, cell.seed()))
                .toList();
    return TrialSearch.fitted(
        context, plans, settings.objective(), Integer.MAX_VALUE, TrialSearch.CHOSEN);
  }

  private record Sampled(QuestionPrompt questionPrompt, int trials, Sampling sampling, long seed)
      implements TrialPlan {
    @Override
    public int together(int trial) {
      return trials - trial;
    }

    @Override
    public Point point(int trial, List<Trial> history) {
      return new Point(Map.of());
    }

    @Override
    public Generator.Prompt prompt(int trial, Point point) {
      return new Generator.Prompt(
          questionPrompt.tokens(),
          Intervention.NONE,
          sampling.choice(seed, questionPrompt.question().index(), trial));
    }
  }
}
