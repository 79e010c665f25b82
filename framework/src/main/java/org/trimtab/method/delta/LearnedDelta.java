package org.trimtab.method.delta;

import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * A sparse vector learned from a few examples and added at the last prompt position ("Task-driven
 * Layerwise Additive Activation Intervention", NAACL 2025, arXiv 2502.06115).
 */
public final class LearnedDelta extends BuiltInMethod<LearnedDeltaSettings> {
  public LearnedDelta() {
    super("learned-delta", 1, MethodKind.TREATMENT, LearnedDeltaSettings.class);
  }

  @Override
  public int lowestLayer(LearnedDeltaSettings settings) {
    return settings.layer();
  }

  @Override
  public FittedMethod fit(Cell cell, LearnedDeltaSettings settings, FitContext context) {
    LearnedVector learned = DeltaFit.of(cell, settings, context);
    return DeltaSite.of(settings, context)
        .fitted(name(), learned, settings.factor().only(), learned.facts());
  }
}
