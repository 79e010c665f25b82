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
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "random-direction";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.CONTROL;
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
