package org.trimtab.method;

import java.util.Map;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.MethodKind;

/** The unsteered model, the reference of every comparison. */
public final class Baseline extends BuiltInMethod<Baseline.Nothing> {
  public Baseline() {
    super("baseline", 1, MethodKind.BASELINE, Nothing.class);
  }

  /** Settings of the unsteered model: none. */
  public record Nothing() implements MethodSettings {}

  @Override
  public int lowestLayer(Nothing settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public FittedMethod fit(Cell cell, Nothing settings, FitContext context) {
    return new FittedMethod(Intervention.NONE, Map.of());
  }
}
