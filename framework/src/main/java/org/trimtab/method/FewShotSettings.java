package org.trimtab.method;

import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;

/**
 * Settings of few-shot prompts.
 *
 * @param train the source of the examples
 * @param shots the number of examples; 0 is the baseline
 */
public record FewShotSettings(
    @Key("where the examples are from: a data set of pairs") TrainingSettings train,
    @Key(
            value = "answered examples before each prompt, drawn by the seed; 0 is the baseline",
            defaultValue = "10",
            min = 0)
        Levels<Integer> shots)
    implements MethodSettings {
  /** Refuses examples that are scored. */
  public FewShotSettings {
    if (train.leaky()) {
      throw new UserException(
          "'leaky: true' would put a question's own answer before it; use folds, items or share");
    }
  }

  @Override
  public Set<DatasetKind> learnsFrom() {
    return Set.of(DatasetKind.PAIRS);
  }

  @Override
  public void check(Training training) {
    int available = training.items().size();
    if (shots.only() > available) {
      throw new UserException(
          "shots %d: a cell has %d items of %s to take examples from; use at most as many"
              .formatted(shots.only(), available, training.dataset()));
    }
  }
}
