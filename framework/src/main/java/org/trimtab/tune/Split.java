package org.trimtab.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trials in two: the best ones, and the others. Of n trials with a value the best are
 * ceil(n / 10), at most 25; of equal ones the older is the better, and those that broke a
 * constraint come last (Optuna 5.0.0, {@code default_gamma} and {@code _split_trials}).
 *
 * @param below the best, oldest first
 * @param above the others, oldest first
 */
public record Split(List<Trial> below, List<Trial> above) {
  private static final int LARGEST = 25;
  private static final Comparator<Trial> AGE = Comparator.comparingInt(Trial::number);

  /**
   * Splits trials, whatever their order.
   *
   * @throws IllegalArgumentException when two trials have one number
   */
  public static Split of(List<Trial> history, Goal goal) {
    List<Trial> ranked = new ArrayList<>(history.size());
    for (Trial trial : history) {
      if (!Double.isNaN(trial.value())) {
        ranked.add(trial);
      }
    }
    ranked.sort(AGE);
    for (int i = 1; i < ranked.size(); i++) {
      if (ranked.get(i - 1).number() == ranked.get(i).number()) {
        throw new IllegalArgumentException("two trials with number " + ranked.get(i).number());
      }
    }
    ranked.sort((a, b) -> better(a, b, goal));
    int best = Math.min((int) Math.ceil(0.1 * ranked.size()), LARGEST);
    List<Trial> below = ranked.subList(0, best);
    List<Trial> above = ranked.subList(best, ranked.size());
    below.sort(AGE);
    above.sort(AGE);
    return new Split(below, above);
  }

  private static int better(Trial a, Trial b, Goal goal) {
    if (a.violation() > 0 || b.violation() > 0) {
      return Double.compare(a.violation(), b.violation());
    }
    return goal.compare(a.value(), b.value());
  }

  /** The number of trials with a value. */
  int size() {
    return below.size() + above.size();
  }
}
