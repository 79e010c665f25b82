package org.trimtab.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.data.Pairs;
import org.trimtab.model.intervene.PromptContext;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.Training;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * Answered examples before every prompt of a task, the same for all of a cell's prompts: what
 * interventions that learn from examples are compared with. The model is unsteered, which makes it
 * a baseline.
 */
public final class FewShot implements Method {
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration("few-shot", VERSION, MethodKind.BASELINE, FewShotSettings.class);
  }

  @Override
  public int lowestLayer(ObjectNode settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    Training training = Objects.requireNonNull(cell.training());
    int shots = cell.settings().get("shots").asInt();
    List<Integer> drawn = Shuffle.of(training.items(), cell.seed(), "shots").subList(0, shots);
    List<Pair> pairs = Pairs.read(context.files().apply(training.dataset()));
    String text = PairPrompt.context(drawn.stream().map(pairs::get).toList());
    return new FittedMethod(new PromptContext(text), Map.of("examples", drawn));
  }
}
