package org.trimtab.method;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.model.intervene.PromptContext;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodKind;

/**
 * Answered examples before every prompt of a task, the same for all of a cell's prompts, as a
 * baseline for interventions that learn from examples. The model is unsteered.
 */
public final class FewShot extends BuiltInMethod<FewShot.FewShotSettings> {
  /**
   * Settings of few-shot prompts.
   *
   * @param train the source of the examples
   * @param shots the number of examples; 0 is the baseline
   */
  public record FewShotSettings(
      @Key("where the examples are from: a data set of pairs") TrainingSettings train,
      @Key(
              value = "answered examples before each prompt, drawn by the seed; 0 is the baseline",
              defaultValue = "10",
              min = 0)
          Levels<Integer> shots)
      implements MethodSettings {
    /** Refuses examples that are scored. */
    public FewShotSettings {
      if (train.leaky()) {
        throw new UserException(
            "'leaky: true' would put a question's own answer before it; use folds, items or share");
      }
    }

    @Override
    public Set<DatasetKind> learnsFrom() {
      return Set.of(DatasetKind.PAIRS);
    }

    @Override
    public void check(Training training) {
      int available = training.items().size();
      if (shots.only() > available) {
        throw new UserException(
            "shots %d: a cell has %d items of %s to take examples from; use at most as many"
                .formatted(shots.only(), available, training.dataset()));
      }
    }
  }

  public FewShot() {
    super("few-shot", 1, MethodKind.BASELINE, FewShotSettings.class);
  }

  @Override
  public int lowestLayer(FewShotSettings settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public FittedMethod fit(Cell cell, FewShotSettings settings, FitContext context) {
    Training training = Objects.requireNonNull(cell.training());
    int shots = settings.shots().only();
    List<Integer> drawn = Shuffle.of(training.items(), cell.seed(), "shots").subList(0, shots);
    List<Pair> pairs = Pair.read(context.files().apply(training.dataset()));
    String text = PairPrompt.context(drawn.stream().map(pairs::get).toList());
    return new FittedMethod(new PromptContext(text), Map.of("examples", drawn));
  }
}
