package org.trimtab.method.adapter;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.io.Numbers;
import org.trimtab.model.intervene.FinalAdapter.Placement;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;

/**
 * Settings of the post-transformer adapter (arXiv 2604.14174).
 *
 * @param train the facts to learn from
 * @param anchors facts to keep; null for none
 * @param variant its form
 * @param inner its inner size r; null in a spec for the published one of each variant
 * @param steps the number of steps of AdamW
 * @param rate the learning rate
 * @param decay the weight decay
 * @param clip the largest norm of a step's gradient
 * @param batch facts per step
 * @param margin the margin below which a fact adds to the loss
 * @param start the initial tensors
 * @param placement at which positions it is computed
 * @param asReleased whether to repeat the faults of the released code
 * @param factor multiplies what it adds; 0 is the baseline
 */
public record AdapterSettings(
    @Key("the facts to learn from, with distractors") TrainingSettings train,
    @Key("facts whose margins must not fall below 0; default: none")
        @Nullable AnchorSettings anchors,
    @Key(value = "with a sigmoid gate, linear, or linear on the logits", defaultValue = "gated")
        Levels<Variant> variant,
    @Key(
            value = "inner size; default: 64 for gated and logits, 96 for linear",
            min = 1,
            max = 65536)
        @Nullable Levels<Integer> inner,
    @Key(value = "steps of AdamW; 0 leaves it as it starts", defaultValue = "300", min = 0)
        Levels<Integer> steps,
    @Key(value = "the learning rate", defaultValue = "5e-4", min = 1e-9) Levels<Double> rate,
    @Key(value = "the weight decay", defaultValue = "0.01", min = 0) double decay,
    @Key(value = "the largest norm of a step's gradient", defaultValue = "1.0", min = 1e-9)
        double clip,
    @Key(value = "facts per step, drawn by the seed", defaultValue = "5", min = 1) int batch,
    @Key(value = "the margin in nats below which a fact adds to the loss", defaultValue = "1.5")
        double margin,
    @Key(
            value = "uniform: all tensors, as released; zero-output: begins as no change",
            defaultValue = "uniform")
        Levels<Start> start,
    @Key(
            value = "computed at all positions or at the last one alone; no score depends on it",
            defaultValue = "all")
        Levels<Placement> placement,
    @Key(
            value = "repeat the released code's faults: two final norms, the embedding as head",
            defaultValue = "false")
        Levels<Boolean> asReleased,
    @Key(value = "factor on what it adds; 0 is the baseline", defaultValue = "1.0")
        Levels<Double> factor)
    implements MethodSettings {
  /** Fills in the inner size, once the variant is known. */
  public AdapterSettings {
    if (inner == null && variant.values().size() == 1) {
      inner = Levels.of(variant.only().inner());
    }
  }

  @Override
  public Set<DatasetKind> learnsFrom() {
    return Set.of(DatasetKind.FACTS);
  }

  @Override
  public Map<String, OtherItems> alsoReads() {
    return anchors == null
        ? Map.of()
        : Map.of("anchors", new OtherItems(anchors.dataset(), DatasetKind.FACTS, anchors.items()));
  }

  @Override
  public void check(Training training) {
    int facts = training.items().size();
    if (batch > facts) {
      throw new UserException(
          "batch %d: a cell learns from %d facts of %s (%s); take at most as many per step"
              .formatted(batch, facts, training.dataset(), training.items()));
    }
    if (anchors != null && anchors.items() != null && anchors.items().isEmpty()) {
      throw new UserException("anchors: 'items' names no fact; leave 'anchors' out for none");
    }
  }

  @Override
  public void check(ModelFacts model) {
    if (variant.only() != Variant.LOGITS) {
      checkSize(model.hiddenSize());
    }
  }

  /** Refuses an adapter that would be too large. */
  void checkSize(int width) {
    long parameters = variant.only().parameters(innerSize(), width);
    if (4 * 3 * parameters > Integer.MAX_VALUE) {
      throw new UserException(
          "inner %d: the adapter would have %s parameters, more than it can train; use a smaller one"
              .formatted(innerSize(), Numbers.count(parameters)));
    }
  }

  /** The inner size of a cell. */
  int innerSize() {
    return inner == null ? variant.only().inner() : inner.only();
  }
}
