package org.trimtab.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Training;
import org.trimtab.spec.MethodKind;

/**
 * The directional edit: the mean difference between hidden states of special and general lines,
 * amplified in the o_proj of a range of layers ("Directional Enhancement" model cards).
 */
public final class DirectionalEdit extends DirectionMethod {
  public DirectionalEdit() {
    super("directional-edit", 1, MethodKind.TREATMENT);
  }

  @Override
  IntFunction<Direction> directions(
      Cell cell, FitContext context, DirectionalEditSettings settings) {
    return learned(cell, context, settings, item -> false);
  }

  /**
   * Directions learned from a cell's training items.
   *
   * @param settings determine the texts
   * @param swapped the items whose special and general lines are swapped
   */
  static IntFunction<Direction> learned(
      Cell cell, FitContext context, DirectionalEditSettings settings, IntPredicate swapped) {
    Training training = cell.trained();
    List<Map<Integer, float[]>> special = new ArrayList<>();
    List<Map<Integer, float[]>> general = new ArrayList<>();
    List<TrainingTexts> items = TrainingTexts.of(settings, context, training.items()::contains);
    for (int i = 0; i < items.size(); i++) {
      context.watcher().step(i, items.size());
      TrainingTexts item = items.get(i);
      (swapped.test(item.item()) ? item.swapped() : item)
          .addMeans(context.states(), special, general);
    }
    return index ->
        Direction.meanDifference(Direction.at(index, special), Direction.at(index, general));
  }
}
