package org.trimtab.method;

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
    CounterRandom random = CounterRandom.of(cell.seed(), "shuffled-labels");
    return DirectionalEdit.learned(
        cell, context, settings, item -> random.at(item).below(2, 0) == 1);
  }
}
