package org.trimtab.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trials in two: the best ones, and the others. Of n trials with a value the best are ceil(n /
 * 10), at most 25; of equal ones the older is the better, and those that broke a constraint come
 * last (Optuna 5.0.0, {@code default_gamma} and {@code _split_trials}).
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
    List<Trial> valued = new ArrayList<>(history.size());
    for (Trial trial : history) {
      if (!Double.isNaN(trial.value())) {
        valued.add(trial);
      }
    }
    valued.sort(AGE);
    for (int i = 1; i < valued.size(); i++) {
      if (valued.get(i - 1).number() == valued.get(i).number()) {
        throw new IllegalArgumentException("two trials with number " + valued.get(i).number());
      }
    }
    int best = Math.min((int) Math.ceil(0.1 * valued.size()), LARGEST);
    return parted(valued, best, goal);
  }

  private static Split parted(List<Trial> valued, int best, Goal goal) {
    // The few best in order, the worst of them last: most trials are compared with that one alone.
    List<Trial> leaders = new ArrayList<>(best + 1);
    for (Trial trial : valued) {
      int place = leaders.size();
      while (place > 0 && better(trial, leaders.get(place - 1), goal) < 0) {
        place--;
      }
      if (place < best) {
        leaders.add(place, trial);
      }
      if (leaders.size() > best) {
        leaders.remove(best);
      }
    }
    leaders.sort(AGE);
    List<Trial> above = new ArrayList<>(valued.size());
    int next = 0;
    for (Trial trial : valued) {
      if (next < best && leaders.get(next).number() == trial.number()) {
        next++;
      } else {
        above.add(trial);
      }
    }
    return new Split(leaders, above);
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
