package org.trimtab.method;

import java.util.function.IntFunction;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same method learned from the same lines with the labels of every item special or
 * general by a fair coin. What it gains is not due to what the labels say.
 */
public final class ShuffledLabels extends DirectionMethod {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "shuffled-labels";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.CONTROL;
  }

  @Override
  IntFunction<Direction> directions(
      Cell cell, FitContext context, DirectionalEditSettings settings) {
    CounterRandom random = CounterRandom.of(cell.seed(), "shuffled-labels");
    return DirectionalEdit.learned(
        cell, context, settings, item -> random.at(item).below(2, 0) == 1);
  }
}
