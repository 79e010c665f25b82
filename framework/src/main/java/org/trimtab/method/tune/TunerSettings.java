package org.trimtab.method.tune;

import org.trimtab.method.tune.Tuner.Goal;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Key;

/**
 * Settings of a search.
 *
 * @param kind the kind of tuner
 * @param trials the budget
 * @param startup tpe: trials drawn uniformly before densities are used
 * @param candidates tpe: points drawn and compared for one proposal
 */
public record TunerSettings(
    @Key(
            value = "what proposes settings: tpe (from earlier trials), random, or grid",
            defaultValue = "tpe")
        Kind kind,
    @Key(value = "the number of trials", defaultValue = "20", min = 1, max = 100_000) int trials,
    @Key(
            value = "tpe: trials drawn at random before earlier ones are used",
            defaultValue = "10",
            min = 0,
            max = 100_000)
        int startup,
    @Key(
            value = "tpe: points compared for one proposal",
            defaultValue = "24",
            min = 1,
            max = 10_000)
        int candidates) {

  /** The kinds of tuners. */
  public enum Kind {
    /** Tree-structured Parzen estimators. */
    TPE,
    /** Points drawn uniformly from the space. */
    RANDOM,
    /** The points of a grid. */
    GRID
  }

  /** A tuner with Optuna's defaults. */
  public static TunerSettings of(Kind kind, int trials) {
    return new TunerSettings(kind, trials, 10, 24);
  }

  /**
   * The tuner.
   *
   * @param random its random numbers, of (seed, purpose, prompt); tuners of one generator share
   *     their random trials
   */
  public Tuner tuner(Space space, Goal goal, CounterRandom random) {
    return switch (kind) {
      case TPE -> new TpeTuner(space, goal, this, random);
      case RANDOM -> new RandomTuner(space, trials, random);
      case GRID -> new GridTuner(space, trials);
    };
  }

  /** The trial's number, which must be within a budget. */
  static int within(int trial, int trials) {
    if (trial < 0 || trial >= trials) {
      throw new IllegalArgumentException("trial " + trial + " of " + trials);
    }
    return trial;
  }
}
