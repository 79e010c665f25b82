package org.trimtab.method.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.trimtab.method.Direction;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Method;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * Control: a vector of a random direction, as long as the learned one, at the same place. What it
 * changes is what any vector of this length changes.
 */
public final class RandomDelta implements Method {
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration(
        "random-delta", VERSION, MethodKind.CONTROL, RandomDeltaSettings.class);
  }

  @Override
  public int lowestLayer(ObjectNode settings) {
    return DeltaFit.layer(DeltaFit.settings(settings));
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    LearnedDeltaSettings settings = DeltaFit.settings(cell.settings());
    DeltaSite site = DeltaSite.of(settings, context);
    double norm = DeltaFit.of(cell, context).norm();
    CounterRandom random = CounterRandom.of(cell.seed(), "random-delta").at(site.layer());
    LearnedVector unit = LearnedVector.of(Direction.random(random, site.width()).unit());
    return new FittedMethod(
        site.delta(unit, norm * settings.factor().only()), Map.of("norm", norm));
  }
}
