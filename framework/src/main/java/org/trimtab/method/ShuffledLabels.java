package org.trimtab.method;

import java.util.function.IntFunction;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same method learned from the same lines with the labels of every item special or
 * general by a fair coin. What it gains is not due to what the labels say.
 */
public final class ShuffledLabels extends DirectionMethod {
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration(
        "shuffled-labels", VERSION, MethodKind.CONTROL, ShuffledLabelsSettings.class);
  }

  @Override
  IntFunction<Direction> directions(Cell cell, FitContext context, EditSettings settings) {
    CounterRandom random = CounterRandom.of(cell.seed(), "shuffled-labels");
    return DirectionalEdit.learned(
        cell, context, settings, item -> random.at(item).below(2, 0) == 1);
  }
}
