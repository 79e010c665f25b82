package org.trimtab.method.adapter;

import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * A small module between the final norm and the unembedding, trained so that true completions of a
 * few facts beat their distractors (arXiv 2604.14174).
 */
public final class Adapter extends BuiltInMethod<AdapterSettings> {
  public Adapter() {
    super("adapter", 1, MethodKind.TREATMENT, AdapterSettings.class);
  }

  @Override
  public int lowestLayer(AdapterSettings settings) {
    return AFTER_LAST_BLOCK;
  }

  @Override
  public FittedMethod fit(Cell cell, AdapterSettings settings, FitContext context) {
    LearnedVector learned = AdapterFit.of(cell, settings, context);
    return AdapterFit.fitted(settings, context, learned.values(), learned.facts());
  }
}
