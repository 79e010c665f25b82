package org.trimtab.method.delta;

/** A smooth function of a vector. */
public interface Loss {
  /**
   * A loss and its gradient.
   *
   * @param gradient as long as the vector
   */
  record Point(double value, float[] gradient) {}

  /** The loss at a vector; not finite where undefined. */
  double value(float[] at);

  /** The loss and its gradient at a vector. */
  Point point(float[] at);
}
