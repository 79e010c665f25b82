package org.trimtab.method.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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

  /**
   * Runs the trials that are missing.
   *
   * @param known trials of this study (0 and above) and of others (numbers below 0), in any order
   * @param objective the value of a point; NaN if it has none
   * @return the known trials, then the new ones
   */
  static List<Trial> run(Tuner tuner, List<Trial> known, ToDoubleFunction<Point> objective) {
    List<Trial> history = new ArrayList<>(known);
    Set<Integer> done = known.stream().map(Trial::number).collect(Collectors.toSet());
    for (int trial = 0; trial < tuner.trials(); trial++) {
      if (!done.contains(trial)) {
        Point point = tuner.ask(trial, history);
        history.add(new Trial(trial, point, objective.applyAsDouble(point)));
      }
    }
    return history;
  }

  /** The direction of better values. */
  enum Goal {
    /** Lower values are better. */
    MINIMISE,
    /** Higher values are better. */
    MAXIMISE;

    /** Orders values with the best one first. */
    int compare(double a, double b) {
      return this == MINIMISE ? Double.compare(a, b) : Double.compare(b, a);
    }
  }
}
