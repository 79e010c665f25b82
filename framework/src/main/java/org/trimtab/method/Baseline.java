package org.trimtab.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodDeclaration;
import org.trimtab.spec.MethodKind;

/** The model as it is: what every comparison is against. */
public final class Baseline implements Method {
  private static final int VERSION = 1;

  @Override
  public MethodDeclaration declaration() {
    return new MethodDeclaration("baseline", VERSION, MethodKind.BASELINE, BaselineSettings.class);
  }

  @Override
  public int lowestLayer(ObjectNode settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public Set<Integer> hiddenStates(ObjectNode settings) {
    return Set.of();
  }

  @Override
  public FittedMethod fit(Cell cell, FitContext context) {
    return new FittedMethod(Intervention.NONE, Map.of());
  }
}
