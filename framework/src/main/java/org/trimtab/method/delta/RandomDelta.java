package org.trimtab.method.delta;

import java.util.Map;
import java.util.Optional;
import org.trimtab.method.Adjustable;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.Direction;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: a vector with a random direction and the learned one's norm, at the same site. It shows
 * the effect of any vector of this norm.
 */
public final class RandomDelta extends BuiltInMethod<LearnedDeltaSettings> {
  public RandomDelta() {
    super("random-delta", 1, MethodKind.CONTROL, LearnedDeltaSettings.class);
  }

  @Override
  public int lowestLayer(LearnedDeltaSettings settings) {
    return settings.layer();
  }

  @Override
  public FittedMethod fit(Cell cell, LearnedDeltaSettings settings, FitContext context) {
    DeltaSite site = DeltaSite.of(settings, context);
    double norm = DeltaFit.of(cell, settings, context).norm();
    CounterRandom random = CounterRandom.of(cell.seed(), "random-delta").at(site.layer());
    LearnedVector unit = LearnedVector.of(Direction.random(random, site.width()).unit());
    double factor = settings.factor().only();
    return new FittedMethod(
        site.delta(unit, norm * factor),
        Map.of("norm", norm),
        Optional.of(Adjustable.factor(factor, value -> site.delta(unit, norm * value))),
        Optional.of(site.kept(name(), unit, true)));
  }
}
