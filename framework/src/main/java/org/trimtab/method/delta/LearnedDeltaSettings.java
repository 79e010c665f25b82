package org.trimtab.method.delta;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.method.delta.PenaltyPath.Strength;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.MethodSettings;
import org.trimtab.plan.ModelFacts;
import org.trimtab.plan.Training;
import org.trimtab.plan.TrainingSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;

/**
 * Settings of the learned delta (arXiv 2502.06115): a vector at the last prompt position that
 * minimises the mean loss of examples + lambda1 ||delta||_1 + lambda2 sum over heads ||delta_h||_2.
 *
 * @param train the items to draw examples from
 * @param examples n, their number; null for all
 * @param layers the block in which it acts
 * @param site where it is added
 * @param loss what is minimised
 * @param lambda1 weight of the absolute values; null with {@code choose}
 * @param lambda2 weight of the heads' norms; null with {@code choose}
 * @param choose the penalties to choose from by validation; null to use those given
 * @param optimiser how it is minimised
 * @param rate largest step size, or Adam's learning rate; null for the optimiser's own
 * @param steps the largest number of steps
 * @param tolerance the share of the objective that five steps have to lower it by
 * @param batch examples per step, for proximal Adam; null for all
 * @param warmStart whether a weaker penalty begins from the vector of the next stronger one
 * @param factor what the learned vector is multiplied by; 0 is the baseline
 */
public record LearnedDeltaSettings(
    @Key("what examples are drawn from: prompts with targets, facts, or opinions for the loss kl")
        TrainingSettings train,
    @Key(value = "how many training items to learn from, drawn by the seed; default: all", min = 1)
        @Nullable Levels<Integer> examples,
    @Key("the block to act in, 0-based: 7 or 60%; a list gives a cell for each")
        Levels<LayerRange> layers,
    @Key(
            value = "where the vector is added: the input of o_proj, or the block's output",
            defaultValue = "o-proj-input")
        Levels<PromptEndDelta.Site> site,
    @Key(
            value =
                "nll: -log p of the target; kl: from the people's answers (of facts: the truth) to the"
                    + " model's",
            defaultValue = "nll")
        TaskObjective loss,
    @Key(value = "weight of the vector's absolute values; needed without choose", min = 0)
        @Nullable Levels<Double> lambda1,
    @Key(
            value = "weight of its heads' lengths, which switches heads off; needed without choose",
            min = 0)
        @Nullable Levels<Double> lambda2,
    @Key("penalties of which each cell takes those with the lowest loss on held-out examples")
        @Nullable PenaltyChoice choose,
    @Key(
            value = "proximal-gradient never raises the objective; proximal-adam takes batches",
            defaultValue = "proximal-gradient")
        Levels<Optimiser> optimiser,
    @Key(
            value =
                "largest step size (default: found by backtracking), or Adam's learning rate"
                    + " (default 0.01)",
            min = 1e-9)
        @Nullable Double rate,
    @Key(value = "the largest number of steps", defaultValue = "200", min = 1) int steps,
    @Key(
            value =
                "stop when five steps lower the objective by less than this share; 0 never does",
            defaultValue = "1e-5",
            min = 0)
        double tolerance,
    @Key(value = "examples per step of proximal-adam; default: all", min = 1)
        @Nullable Integer batch,
    @Key(
            value = "begin from the vector of the next stronger penalty among these levels",
            defaultValue = "true")
        boolean warmStart,
    @Key(value = "factor on the learned vector; 0 is the baseline", defaultValue = "1.0")
        Levels<Double> factor)
    implements MethodSettings {
  /** How the objective is minimised. */
  public enum Optimiser {
    /** {@link ProximalGradient}, over all examples. */
    PROXIMAL_GRADIENT,
    /** {@link ProximalAdam}, over all examples or batches. */
    PROXIMAL_ADAM
  }

  private static final Levels<Double> NONE = Levels.of(0.0);

  /**
   * Refuses a batch if every step needs the whole objective, and penalties given twice or not at
   * all.
   */
  public LearnedDeltaSettings {
    if (choose == null && (lambda1 == null || lambda2 == null)) {
      throw new UserException(
          "a learned delta needs 'lambda1' and 'lambda2' (0 for no penalty), or 'choose: {lambda1:"
              + " [...], lambda2: [...]}' to have them chosen by validation");
    }
    if (choose != null && (lambda1 != null || lambda2 != null)) {
      throw new UserException(
          "'choose' takes the penalties from its own lists; leave 'lambda1' and 'lambda2' out");
    }
    if (batch != null && optimiser.values().contains(Optimiser.PROXIMAL_GRADIENT)) {
      throw new UserException(
          "'batch' is for optimiser: proximal-adam; proximal-gradient compares whole objectives");
    }
  }

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
  public void check(ModelFacts model) {
    DeltaSite.checkOneBlock(layers.only(), model, "a learned delta");
  }

  @Override
  public void check(Training training) {
    Examples.check(examples, training);
    if (choose != null) {
      choose.check(examples == null ? training.items().size() : examples.only());
    }
  }

  /** The block of a cell, whose range is resolved. */
  int layer() {
    return layers.only().first(Integer.MAX_VALUE);
  }

  /** The penalties of a cell; null if they are chosen. */
  @Nullable Strength strength() {
    return lambda1 == null || lambda2 == null ? null : new Strength(lambda1.only(), lambda2.only());
  }

  /** The next stronger lambda2 at the same lambda1; at the strongest, the next stronger lambda1. */
  @Override
  public Map<MethodSettings, MethodSettings> starts(Collection<MethodSettings> siblings) {
    Map<LearnedDeltaSettings, Map<Strength, MethodSettings>> paths = new LinkedHashMap<>();
    for (MethodSettings sibling : siblings) {
      LearnedDeltaSettings each = (LearnedDeltaSettings) sibling;
      Strength strength = each.strength();
      if (warmStart && strength != null) {
        LearnedDeltaSettings others = each.with(NONE, NONE);
        paths.computeIfAbsent(others, unused -> new HashMap<>()).put(strength, each);
      }
    }
    Map<MethodSettings, MethodSettings> starts = new HashMap<>();
    for (Map<Strength, MethodSettings> path : paths.values()) {
      Strength.starts(path.keySet())
          .forEach((each, start) -> starts.put(path.get(each), path.get(start)));
    }
    return starts;
  }

  /** The same with other penalties. */
  private LearnedDeltaSettings with(
      @Nullable Levels<Double> first, @Nullable Levels<Double> second) {
    return new LearnedDeltaSettings(
        train, examples, layers, site, loss, first, second, choose, optimiser, rate, steps,
        tolerance, batch, warmStart, factor);
  }
}
