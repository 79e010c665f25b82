package org.trimtab.method.delta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.method.Method;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/**
 * A sparse vector learned from a few examples and added at the last prompt position ("Task-driven
 * Layerwise Additive Activation Intervention", NAACL 2025, arXiv 2502.06115).
 */
public final class LearnedDelta implements Method {
  static final String NAME = "learned-delta";
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration(NAME, VERSION, MethodKind.TREATMENT, LearnedDeltaSettings.class);
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
    LearnedVector learned = DeltaFit.of(cell, context);
    LearnedDeltaSettings settings = DeltaFit.settings(cell.settings());
    return new FittedMethod(
        DeltaSite.of(settings, context).delta(learned, settings.factor().only()), learned.facts());
  }
}
