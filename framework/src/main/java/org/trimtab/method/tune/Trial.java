package org.trimtab.method.tune;

/**
 * A point that was tried, and its result.
 *
 * @param number its age: higher is newer, and newer trials weigh more once there are more than 25
 *     on their side of the split. Trials from elsewhere take numbers that no other trial has, such
 *     as those below 0
 * @param point the settings; a trial that lacks a parameter of the space counts only in the split
 * @param value the objective; a trial with value NaN is ignored
 * @param violation the violation of a constraint, 0 for none. Trials with a violation rank below
 *     all others, in the order of this number
 */
public record Trial(int number, Point point, double value, double violation) {
  /** Checks the violation. */
  public Trial {
    if (!(violation >= 0)) {
      throw new IllegalArgumentException("a violation of " + violation + " in trial " + number);
    }
  }

  /** A trial without a violation. */
  public Trial(int number, Point point, double value) {
    this(number, point, value, 0);
  }
}
