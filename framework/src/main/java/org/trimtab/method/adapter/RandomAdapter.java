package org.trimtab.method.adapter;

import java.util.Map;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.MethodKind;

/**
 * Control: an adapter of random tensors, each of the norm that the learned one has. It shows the
 * effect of any adapter of this size.
 */
public final class RandomAdapter extends BuiltInMethod<AdapterSettings> {
  public RandomAdapter() {
    super("random-adapter", 1, MethodKind.CONTROL, AdapterSettings.class);
  }

  @Override
  public int lowestLayer(AdapterSettings settings) {
    return AFTER_LAST_BLOCK;
  }

  @Override
  public FittedMethod fit(Cell cell, AdapterSettings settings, FitContext context) {
    LearnedVector learned = AdapterFit.of(cell, settings, context);
    Variant variant = settings.variant().only();
    float[] values = new float[learned.values().length];
    int tensors = variant.names().size();
    int size = values.length / tensors;
    for (int i = 0; i < tensors; i++) {
      CounterRandom random = CounterRandom.of(cell.seed(), "random-adapter").at(i);
      float[] drawn = new float[size];
      for (int j = 0; j < size; j++) {
        drawn[j] = (float) random.normal(j);
      }
      double norm = LearnedVector.of(variant.part(learned.values(), i)).norm();
      LearnedVector own = LearnedVector.of(drawn);
      System.arraycopy(own.times(norm / own.norm()), 0, values, i * size, size);
    }
    return AdapterFit.fitted(settings, context, values, Map.of("norm", learned.norm()));
  }
}
