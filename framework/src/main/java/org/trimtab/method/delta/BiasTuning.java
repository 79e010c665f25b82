package org.trimtab.method.delta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.trimtab.method.Adjustable;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.model.Decoder;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Rows;
import org.trimtab.plan.Cell;
import org.trimtab.spec.MethodKind;

/**
 * Fine-tuning of biases only: one at every block's output, at all positions, trained by Adam on the
 * same examples as a learned delta (in the style of BitFit: Ben Zaken et al., ACL 2022). It has far
 * more freedom than a delta: L x D numbers instead of those of a few heads.
 */
public final class BiasTuning extends BuiltInMethod<BiasTuningSettings> {
  public BiasTuning() {
    super("bias-tuning", 1, MethodKind.TREATMENT, BiasTuningSettings.class);
  }

  @Override
  public int lowestLayer(BiasTuningSettings settings) {
    return 0;
  }

  @Override
  public FittedMethod fit(Cell cell, BiasTuningSettings settings, FitContext context) {
    Decoder decoder = context.model().decoder();
    int layers = decoder.config().layers();
    int hidden = decoder.config().hidden();
    List<Example> examples = Examples.of(cell, context, settings.loss(), settings.examples());
    Descent descent =
        Descent.of(settings.steps(), settings.tolerance(), settings.batch(), context.watcher());
    Map<String, Object> facts = new TreeMap<>();
    LearnedVector learned;
    try (TaskLoss loss =
        TaskLoss.everywhere(
            decoder,
            examples,
            settings.loss(),
            vector -> new BlockBias(vector.reshape(new Shape(layers, hidden))))) {
      float[] start = new float[layers * hidden];
      Loss.Point first = loss.first(start, "bias-tuning");
      float[] vector =
          new ProximalAdam(settings.rate().only())
              .minimise(
                  step -> loss.of(Examples.batch(loss.size(), settings.batch(), step, cell.seed())),
                  Penalty.NONE,
                  start,
                  descent);
      facts.put("loss.unsteered", first.value());
      facts.put("loss", loss.value(vector));
      learned = LearnedVector.of(vector);
    }
    facts.put("training.items", examples.size());
    facts.put("steps", descent.steps());
    facts.put("settled", descent.settled());
    facts.put("norm", learned.norm());
    Shape shape = new Shape(layers, hidden);
    DoubleFunction<Intervention> biases =
        value -> new BlockBias(decoder.manager().create(learned.times(value), shape));
    double factor = settings.factor().only();
    return new FittedMethod(
        biases.apply(factor), facts, Optional.of(Adjustable.factor(factor, biases)));
  }

  /**
   * A bias added to every block's output, at all positions.
   *
   * @param biases one per block, [L, D]; gradients flow to them. Closed with this one
   */
  public record BlockBias(NDArray biases) implements Intervention {
    @Override
    public int lowestLayer() {
      return 0;
    }

    @Override
    public NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
      NDArray bias = biases.get(layer);
      // Freed with the pass; the biases' own manager outlives it.
      bias.attach(hidden.getManager());
      return hidden.add(bias.toType(hidden.getDataType(), false));
    }

    @Override
    public void close() {
      biases.close();
    }
  }
}
