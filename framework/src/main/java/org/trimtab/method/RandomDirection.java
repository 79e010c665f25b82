package org.trimtab.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.IntFunction;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same edit along a random unit direction. What it changes is what any edit of this
 * size changes.
 */
public final class RandomDirection extends DirectionMethod {
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration(
        "random-direction", VERSION, MethodKind.CONTROL, RandomDirectionSettings.class);
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  IntFunction<Direction> directions(Cell cell, FitContext context, EditSettings settings) {
    CounterRandom random = CounterRandom.of(cell.seed(), "random-direction");
    int size = context.model().decoder().config().hidden();
    return index -> Direction.random(random.at(settings.perLayer() ? index : 0), size);
  }
}
