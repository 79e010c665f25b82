package org.trimtab.method;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.model.intervene.PromptContext;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.Training;
import org.trimtab.spec.MethodKind;

/**
 * Answered examples before every prompt of a task, the same for all of a cell's prompts, as a
 * baseline for interventions that learn from examples. The model is unsteered.
 */
public final class FewShot extends BuiltInMethod<FewShotSettings> {
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
