package org.trimtab.method.delta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.method.Adjustable;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedVector;
import org.trimtab.model.Decoder;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Rows;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.MethodKind;

/**
 * Fine-tuning of biases only: one at every block's output, at all positions, trained by Adam on the
 * same examples as a learned delta (in the style of BitFit: Ben Zaken et al., ACL 2022). It has far
 * more freedom than a delta: L x D numbers instead of those of a few heads.
 */
public final class BiasTuning extends BuiltInMethod<BiasTuning.BiasTuningSettings> {
  /**
   * Settings of bias-only fine-tuning.
   *
   * @param train the items to draw examples from
   * @param examples their number; null for all
   * @param loss what is minimised
   * @param rate Adam's learning rate
   * @param steps the largest number of steps
   * @param tolerance the share of the loss by which five steps must lower it
   * @param batch examples per step; null for all
   * @param factor multiplies the learned biases; 0 is the baseline
   */
  public record BiasTuningSettings(
      @Key("what examples are drawn from: prompts with targets, or opinions for the loss kl")
          TrainingSettings train,
      @Key(
              value = "how many training items to learn from, drawn by the seed; default: all",
              min = 1)
          @Nullable Levels<Integer> examples,
      @Key(
              value = "nll: -log p of the target; kl: from the people's answers to the model's",
              defaultValue = "nll")
          TaskObjective loss,
      @Key(value = "Adam's learning rate", defaultValue = "0.001", min = 1e-9) Levels<Double> rate,
      @Key(value = "the largest number of steps", defaultValue = "200", min = 1) int steps,
      @Key(
              value = "stop when five steps lower the loss by less than this share; 0 never does",
              defaultValue = "1e-5",
              min = 0)
          double tolerance,
      @Key(value = "examples per step; default: all", min = 1) @Nullable Integer batch,
      @Key(value = "factor on the learned biases; 0 is the baseline", defaultValue = "1.0")
          Levels<Double> factor)
      implements MethodSettings {
    /** Pairs, and multiple choices by their best answers; opinions for the loss of opinions. */
    @Override
    public Set<DatasetKind> learnsFrom() {
      return loss.learnsFrom();
    }

    @Override
    public boolean learnsFromPlainPrompts() {
      return true;
    }

    @Override
    public void check(Training training) {
      Examples.check(examples, training);
    }
  }

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
    public OptionalLong parameters(long oProjEntries) {
      return OptionalLong.of(biases.size());
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
