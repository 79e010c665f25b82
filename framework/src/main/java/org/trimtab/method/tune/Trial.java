package org.trimtab.method.tune;

/**
 * A point that was tried, and what came of it.
 *
 * @param number its age: higher is newer, and newer trials weigh more once there are more than 25
 *     on their side of the split. Trials from elsewhere take numbers that no other trial has, such
 *     as those below 0
 * @param point the settings; a trial that lacks a parameter of the space counts for the split alone
 * @param value the objective; a trial whose value is not a number is left out of everything
 * @param violation how far a constraint was broken; 0 for a trial that broke none. Trials that
 *     broke one are worse than all that did not, in the order of this number
 */
public record Trial(int number, Point point, double value, double violation) {
  /** Checks the violation. */
  public Trial {
    if (!(violation >= 0)) {
      throw new IllegalArgumentException("a violation of " + violation + " in trial " + number);
    }
  }

  /** A trial that broke no constraint. */
  public Trial(int number, Point point, double value) {
    this(number, point, value, 0);
  }
}
