package org.trimtab.method.delta;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;

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
    @Key(value = "how many training items to learn from, drawn by the seed; default: all", min = 1)
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
