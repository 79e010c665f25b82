package org.trimtab.method.tune;

import java.util.List;

/**
 * Proposes settings. A tuner is stateless: it receives all trials with every request, in any order,
 * so an interrupted study continues as if it had not been interrupted. Thread-safe.
 */
public interface Tuner {
  /** The number of trials that it proposes; may be below the budget (a grid's points). */
  int trials();

  /**
   * The settings of a trial: a pure function of what the tuner was made from and the arguments.
   *
   * @param trial 0 .. {@link #trials()} - 1
   * @param history the trials that are known, in any order; their numbers differ
   * @throws IllegalArgumentException for a trial beyond the budget, or two trials of one number
   */
  Point ask(int trial, List<Trial> history);
}
