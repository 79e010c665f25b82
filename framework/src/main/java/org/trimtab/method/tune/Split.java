package org.trimtab.method.tune;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.trimtab.method.tune.Tuner.Goal;

/**
 * The trials in two: the best ones, and the others. Of n trials with a value the best are ceil(n /
 * 10), at most 25; of equal ones the older ranks higher, and those that violated a constraint come
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
    Trial[] valued = new Trial[history.size()];
    int count = 0;
    boolean inOrder = true;
    for (Trial trial : history) {
      if (!Double.isNaN(trial.value())) {
        inOrder &= count == 0 || valued[count - 1].number() < trial.number();
        valued[count++] = trial;
      }
    }
    valued = Arrays.copyOf(valued, count);
    if (!inOrder) {
      sort(valued);
    }
    int best = Math.min((int) Math.ceil(0.1 * count), LARGEST);
    return parted(valued, best, goal);
  }

  private static void sort(Trial[] trials) {
    Arrays.sort(trials, AGE);
    for (int i = 1; i < trials.length; i++) {
      if (trials[i - 1].number() == trials[i].number()) {
        throw new IllegalArgumentException("two trials with number " + trials[i].number());
      }
    }
  }

  private static Split parted(Trial[] valued, int best, Goal goal) {
    // The few best in order, the worst of them last: most trials are compared only with that one.
    Trial[] leaders = new Trial[best];
    int count = 0;
    for (Trial trial : valued) {
      if (count == best && better(trial, leaders[best - 1], goal) >= 0) {
        continue;
      }
      int place = count < best ? count++ : best - 1;
      while (place > 0 && better(trial, leaders[place - 1], goal) < 0) {
        leaders[place] = leaders[place - 1];
        place--;
      }
      leaders[place] = trial;
    }
    Arrays.sort(leaders, AGE);
    Trial[] above = new Trial[valued.length - best];
    int next = 0;
    int others = 0;
    for (Trial trial : valued) {
      if (next < best && leaders[next].number() == trial.number()) {
        next++;
      } else {
        above[others++] = trial;
      }
    }
    return new Split(List.of(leaders), List.of(above));
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
