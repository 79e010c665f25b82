package org.trimtab.method.delta;

/** The convex loss sum_i c_i (x_i - b_i)^2 / 2. */
record LeastSquares(double[] c, double[] b) implements Loss {
  @Override
  public double value(float[] at) {
    return point(at).value();
  }

  @Override
  public Point point(float[] at) {
    double value = 0;
    float[] gradient = new float[at.length];
    for (int i = 0; i < at.length; i++) {
      double error = at[i] - b[i];
      value += c[i] * error * error / 2;
      gradient[i] = (float) (c[i] * error);
    }
    return new Point(value, gradient);
  }
}
