package org.trimtab.method;

import java.util.Set;
import java.util.function.IntFunction;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: the same edit along a random unit direction. It shows the effect of any edit of this
 * size.
 */
public final class RandomDirection extends DirectionMethod {
  public RandomDirection() {
    super("random-direction", 1, MethodKind.CONTROL);
  }

  /** It learns nothing, so it reads no hidden state. */
  @Override
  public Set<Integer> hiddenStates(DirectionalEditSettings settings) {
    return Set.of();
  }

  @Override
  IntFunction<Direction> directions(
      Cell cell, FitContext context, DirectionalEditSettings settings) {
    CounterRandom random = CounterRandom.of(cell.seed(), "random-direction");
    int size = context.model().decoder().config().hidden();
    return index ->
        Direction.random(
            random.at(
                settings.direction().source() == DirectionalEditSettings.Source.PER_LAYER
                    ? index
                    : 0),
            size);
  }
}
