package org.trimtab.method.delta;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;

/**
 * Settings of the mean difference, in the style of function vectors.
 *
 * @param train the items to draw examples from
 * @param examples their number; null for all
 * @param layers the block in which it is read and added
 * @param site where it is read and added
 * @param shots the largest number of answered examples before a prompt
 * @param factor multiplies it; 0 is the baseline
 */
public record MeanDifferenceSettings(
    @Key("what examples are drawn from: prompts with targets") TrainingSettings train,
    @Key(value = "how many training items to learn from, drawn by the seed; default: all", min = 2)
        @Nullable Levels<Integer> examples,
    @Key("the block to act in, 0-based: 7 or 60%; a list gives a cell for each")
        Levels<LayerRange> layers,
    @Key(
            value = "where the vector is read and added: o-proj-input or block-output",
            defaultValue = "o-proj-input")
        Levels<PromptEndDelta.Site> site,
    @Key(
            value = "the largest number of answered examples before each prompt",
            defaultValue = "10",
            min = 1)
        int shots,
    @Key(value = "factor on the vector; 0 is the baseline", defaultValue = "1.0")
        Levels<Double> factor)
    implements MethodSettings {
  @Override
  public Set<DatasetKind> learnsFrom() {
    return TaskObjective.NLL.learnsFrom();
  }

  @Override
  public boolean learnsFromPlainPrompts() {
    return true;
  }

  @Override
  public void check(ModelFacts model) {
    DeltaSite.checkOneBlock(layers.only(), model, "a mean difference");
  }

  @Override
  public void check(Training training) {
    Examples.check(examples, training);
    if (training.items().size() < 2) {
      throw new UserException(
          "a mean difference needs two training items or more: prompts are answered for each other");
    }
  }
}
