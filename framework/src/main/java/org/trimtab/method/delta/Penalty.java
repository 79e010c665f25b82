package org.trimtab.method.delta;

import java.util.ArrayList;
import java.util.List;

/**
 * The sparse group lasso l1 ||x||_1 + l2 sum_h ||x_h||_2 (Simon, Friedman, Hastie and Tibshirani,
 * "A sparse-group lasso", 2013) over consecutive groups of equal size.
 *
 * @param l1 weight of the absolute values; at least 0
 * @param l2 weight of the groups' norms; at least 0
 * @param groupSize entries of a group, a divisor of the vector's size; for the o_proj input the
 *     head size
 */
public record Penalty(double l1, double l2, int groupSize) {
  /** The secular equation converges quadratically; this many steps are never needed. */
  private static final int MOST_NEWTON_STEPS = 100;

  private static final double ROOT_TOLERANCE = 1e-13;

  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0, 1);

  /** Its value at a vector. */
  public double value(float[] x) {
    double sum = 0;
    for (int from = 0; from < x.length; from += groupSize) {
      double squares = 0;
      for (int i = from; i < from + groupSize; i++) {
        sum += l1 * Math.abs(x[i]);
        squares += (double) x[i] * x[i];
      }
      sum += l2 * Math.sqrt(squares);
    }
    return sum;
  }

  /**
   * The proximal step: the x that minimises sum_i (x_i - v_i)^2 / (2 rates_i) plus the penalty.
   * With u = sign(v) max(|v| - rates l1, 0), a group is zero when ||u / rates|| is at most l2;
   * otherwise x_i = u_i n / (n + rates_i l2), where n, the norm of x_h, is the root of sum_i (u_i /
   * (n + rates_i l2))^2 = 1 (Yun, Lozano and Yang, NeurIPS 2021). For equal rates that is u max(0,
   * 1 - rate l2 / ||u||).
   */
  public float[] proximal(double[] v, double[] rates) {
    float[] x = new float[v.length];
    for (int from = 0; from < v.length; from += groupSize) {
      double[] u = new double[groupSize];
      double slope = 0;
      for (int i = 0; i < groupSize; i++) {
        u[i] = soft(v[from + i], rates[from + i] * l1);
        slope += square(u[i] / rates[from + i]);
      }
      if (slope <= l2 * l2) {
        continue;
      }
      double length = l2 == 0 ? 1 : length(u, rates, from);
      for (int i = 0; i < groupSize; i++) {
        x[from + i] = (float) (u[i] * (length / (length + rates[from + i] * l2)));
      }
    }
    return x;
  }

  /**
   * Newton's method on 1 / sqrt(sum (u_i / (n + rates_i l2))^2) = 1, which is concave in n, and a
   * straight line for equal rates: from n = 0 it never overshoots.
   */
  private double length(double[] u, double[] rates, int from) {
    double n = 0;
    for (int step = 0; step < MOST_NEWTON_STEPS; step++) {
      double sum = 0;
      double cubes = 0;
      for (int i = 0; i < groupSize; i++) {
        double width = n + rates[from + i] * l2;
        double squared = square(u[i] / width);
        sum += squared;
        cubes += squared / width;
      }
      double value = 1 / Math.sqrt(sum);
      double change = (1 - value) * sum / (value * cubes);
      n += change;
      if (Math.abs(change) <= ROOT_TOLERANCE * n) {
        break;
      }
    }
    return n;
  }

  /**
   * The violation of the optimality conditions (Karush, Kuhn, Tucker): the largest entry of the
   * smallest subgradient, where a zero group counts by the excess of its gradient's norm over l2. 0
   * at an optimum.
   *
   * @param gradient of the smooth part at {@code x}
   */
  public double residual(float[] x, float[] gradient) {
    double largest = 0;
    for (int from = 0; from < x.length; from += groupSize) {
      double length = length(x, from);
      if (length == 0) {
        largest = Math.max(largest, pull(gradient, from) - l2);
        continue;
      }
      for (int i = from; i < from + groupSize; i++) {
        double own = gradient[i] + l2 * x[i] / length;
        double rest = x[i] == 0 ? Math.abs(soft(own, l1)) : Math.abs(own + l1 * Math.signum(x[i]));
        largest = Math.max(largest, rest);
      }
    }
    return largest;
  }

  /**
   * The smallest l2 at which the zero vector is optimal.
   *
   * @param gradient of the smooth part at zero
   */
  public double offAt(float[] gradient) {
    double largest = 0;
    for (int from = 0; from < gradient.length; from += groupSize) {
      largest = Math.max(largest, pull(gradient, from));
    }
    return largest;
  }

  /** The groups that are not zero. */
  public List<Integer> alive(float[] x) {
    List<Integer> alive = new ArrayList<>();
    for (int from = 0; from < x.length; from += groupSize) {
      if (length(x, from) > 0) {
        alive.add(from / groupSize);
      }
    }
    return alive;
  }

  /** The norm of every group. */
  public List<Double> lengths(float[] x) {
    List<Double> lengths = new ArrayList<>();
    for (int from = 0; from < x.length; from += groupSize) {
      lengths.add(length(x, from));
    }
    return lengths;
  }

  /** The norm of a group's gradient after soft thresholding by l1. */
  private double pull(float[] gradient, int from) {
    double squares = 0;
    for (int i = from; i < from + groupSize; i++) {
      squares += square(soft(gradient[i], l1));
    }
    return Math.sqrt(squares);
  }

  private double length(float[] x, int from) {
    double squares = 0;
    for (int i = from; i < from + groupSize; i++) {
      squares += (double) x[i] * x[i];
    }
    return Math.sqrt(squares);
  }

  private static double soft(double value, double threshold) {
    return Math.signum(value) * Math.max(Math.abs(value) - threshold, 0);
  }

  private static double square(double value) {
    return value * value;
  }
}
