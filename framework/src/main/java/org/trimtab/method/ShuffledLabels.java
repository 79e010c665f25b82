package org.trimtab.method;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same method learned from the same lines, with the labels special and general of each
 * item assigned by a fair coin. Its gains are not due to the labels.
 */
public final class ShuffledLabels extends DirectionMethod {
  public ShuffledLabels() {
    super("shuffled-labels", 1, MethodKind.CONTROL);
  }

  @Override
  IntFunction<Direction> directions(
      Cell cell, FitContext context, DirectionalEditSettings settings) {
    return DirectionalEdit.learned(cell, context, settings, item -> swapped(cell, item));
  }

  private static boolean swapped(Cell cell, int item) {
    return CounterRandom.of(cell.seed(), "shuffled-labels").at(item).below(2, 0) == 1;
  }

  /** The lines with the labels that it learns from. */
  @Override
  public Map<Integer, TrainingTexts> contrasts(
      Cell cell, DirectionalEditSettings settings, FitContext context) {
    Map<Integer, TrainingTexts> contrasts = new TreeMap<>(super.contrasts(cell, settings, context));
    contrasts.replaceAll((item, lines) -> swapped(cell, item) ? lines.swapped() : lines);
    return contrasts;
  }
}
