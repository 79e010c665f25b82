package org.trimtab.method.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Runs a tuner, trial by trial. */
public final class Study {
  private Study() {}

  /**
   * Runs the trials that are missing.
   *
   * @param known trials of this study (0 and above) and of others (numbers below 0), in any order
   * @param objective the value of a point; NaN if it has none
   * @return the known trials, then the new ones
   */
  public static List<Trial> run(Tuner tuner, List<Trial> known, ToDoubleFunction<Point> objective) {
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
}
