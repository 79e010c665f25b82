package org.trimtab.method.delta;

import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Method;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * A sparse vector learned from a few examples and added at the last prompt position ("Task-driven
 * Layerwise Additive Activation Intervention", NAACL 2025, arXiv 2502.06115).
 */
public final class LearnedDelta implements Method<LearnedDeltaSettings> {
  private static final int VERSION = 1;

  @Override
  public String name() {
    return "learned-delta";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public MethodKind kind() {
    return MethodKind.TREATMENT;
  }

  @Override
  public Class<LearnedDeltaSettings> settings() {
    return LearnedDeltaSettings.class;
  }

  @Override
  public int lowestLayer(LearnedDeltaSettings settings) {
    return settings.layer();
  }

  @Override
  public FittedMethod fit(Cell cell, LearnedDeltaSettings settings, FitContext context) {
    LearnedVector learned = DeltaFit.of(cell, settings, context);
    return new FittedMethod(
        DeltaSite.of(settings, context).delta(learned, settings.factor().only()), learned.facts());
  }
}
