package org.trimtab.method.tune;

/** The direction of better values. */
public enum Goal {
  /** Lower values are better. */
  MINIMISE,
  /** Higher values are better. */
  MAXIMISE;

  /** Orders values with the best one first. */
  int compare(double a, double b) {
    return this == MINIMISE ? Double.compare(a, b) : Double.compare(b, a);
  }
}
