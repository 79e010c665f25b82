package org.trimtab.method.delta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.FitContext.FitWatcher;

/**
 * The course of a minimisation: the objective before every step and after the last one, and when to
 * stop.
 */
public final class Descent {
  /** An objective may stagnate for a few steps after a restart. */
  private static final int PATIENCE = 5;

  private final int steps;
  private final double tolerance;
  private final FitWatcher watcher;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> objectives = new ArrayList<>();
  private double rate;
  private boolean ended;

  /**
   * @param steps the largest number of steps
   * @param tolerance ends when five steps lower the objective by less than this share of it; 0
   *     never does
   * @param watcher is notified of every step
   */
  public Descent(int steps, double tolerance, FitWatcher watcher) {
    this.steps = steps;
    this.tolerance = tolerance;
    this.watcher = watcher;
  }

  /**
   * As the constructor; over batches, whose losses cannot be compared, only the number of steps
   * ends it.
   */
  static Descent of(int steps, double tolerance, @Nullable Integer batch, FitWatcher watcher) {
    return new Descent(steps, batch == null ? tolerance : 0, watcher);
  }

  /** Records that no step lowers the objective. */
  void end() {
    ended = true;
  }

  void add(double loss, double objective) {
    losses.add(loss);
    objectives.add(objective);
    watcher.step(steps(), steps);
  }

  /** Records the size of the last step. */
  void rate(double size) {
    rate = size;
  }

  /** The size of the last step; 0 if none was taken. */
  double rate() {
    return rate;
  }

  /** The number of steps taken. */
  public int steps() {
    return losses.size() - 1;
  }

  double objective() {
    return objectives.get(objectives.size() - 1);
  }

  boolean stops() {
    return steps() >= steps || settled();
  }

  /** Whether no step lowers the objective, or the last five hardly did. */
  public boolean settled() {
    if (ended) {
      return true;
    }
    int now = steps();
    if (tolerance == 0 || now < PATIENCE) {
      return false;
    }
    double fall = objectives.get(now - PATIENCE) - objectives.get(now);
    return fall <= tolerance * Math.abs(objectives.get(now));
  }

  /** Losses before each step and after the last. */
  public List<Double> losses() {
    return Collections.unmodifiableList(losses);
  }

  /** Losses with the penalty added, before each step and after the last. */
  public List<Double> objectives() {
    return Collections.unmodifiableList(objectives);
  }
}
