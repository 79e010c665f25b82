package org.trimtab.method.delta;

import java.util.function.IntFunction;

/**
 * Adam (Kingma and Ba, 2015; betas 0.9 and 0.999, epsilon 1e-8) whose step ends in the proximal
 * step under Adam's own metric, so that it makes exact zeros and has the same fixed points as
 * {@link ProximalGradient} (Yun, Lozano and Yang, "Adaptive proximal gradient methods for
 * structured neural networks", NeurIPS 2021). The objective may rise.
 *
 * @param rate the learning rate
 */
public record ProximalAdam(double rate) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  /**
   * Minimises loss + penalty.
   *
   * @param batches the loss of each step, which may be over some of the examples
   * @param start the initial vector; unchanged
   * @param descent records the course, with losses of the steps' batches, and says when to stop
   */
  public float[] minimise(
      IntFunction<Loss> batches, Penalty penalty, float[] start, Descent descent) {
    int size = start.length;
    float[] x = start;
    double[] mean = new double[size];
    double[] square = new double[size];
    Loss.Point at = batches.apply(0).point(x);
    descent.add(at.value(), at.value() + penalty.value(x));
    for (int step = 1; !descent.stops(); step++) {
      double[] moved = new double[size];
      double[] rates = new double[size];
      for (int i = 0; i < size; i++) {
        double gradient = at.gradient()[i];
        mean[i] = BETA1 * mean[i] + (1 - BETA1) * gradient;
        square[i] = BETA2 * square[i] + (1 - BETA2) * gradient * gradient;
        double second = square[i] / (1 - Math.pow(BETA2, step));
        rates[i] = rate / (Math.sqrt(second) + EPSILON);
        moved[i] = x[i] - rates[i] * mean[i] / (1 - Math.pow(BETA1, step));
      }
      x = penalty.proximal(moved, rates);
      at = batches.apply(step).point(x);
      descent.rate(rate);
      descent.add(at.value(), at.value() + penalty.value(x));
    }
    return x;
  }
}
