package org.trimtab.method.delta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Proximal gradient descent with a step size found by backtracking and, unless switched off,
 * Nesterov's acceleration (Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm",
 * 2009), which restarts whenever the objective would rise (O'Donoghue and Candes, 2015). The
 * objective never rises. The whole vector is a deterministic function of loss and start.
 */
public final class ProximalGradient {
  private static final double FIRST_RATE = 1;
  private static final double GROWTH = 1.1;

  /**
   * Until a step size is too large for the first time: losses of late layers have tiny gradients.
   */
  private static final double FIRST_GROWTH = 10;

  private static final double SHRINK = 0.5;

  /** Halvings without a decrease after which only rounding is left. */
  private static final int MOST_HALVINGS = 40;

  /** The rounding of an fp32 loss, as a share of it. */
  private static final double ROUNDING = 1e-7;

  private final double firstRate;
  private final boolean grows;
  private final boolean accelerated;

  private ProximalGradient(double firstRate, boolean grows, boolean accelerated) {
    this.firstRate = firstRate;
    this.grows = grows;
    this.accelerated = accelerated;
  }

  /** Accelerated, with a step size that grows while it can. */
  public static ProximalGradient accelerated() {
    return new ProximalGradient(FIRST_RATE, true, true);
  }

  /** Accelerated, with a step size of at most {@code rate}. */
  public static ProximalGradient accelerated(double rate) {
    return new ProximalGradient(rate, false, true);
  }

  /** Without acceleration, with a step size of at most {@code rate}. */
  public static ProximalGradient plain(double rate) {
    return new ProximalGradient(rate, false, false);
  }

  /**
   * Minimises loss + penalty.
   *
   * @param start the initial vector; unchanged
   * @param first the loss at {@code start}
   * @param descent records the course, and says when to stop
   */
  public float[] minimise(
      Loss loss, Penalty penalty, float[] start, Loss.Point first, Descent descent) {
    float[] x = start;
    float[] y = x;
    Loss.@Nullable Point known = first;
    double rate = firstRate;
    double momentum = 1;
    int halvings = 0;
    boolean searching = grows;
    descent.add(first.value(), first.value() + penalty.value(x));
    while (!descent.stops()) {
      Loss.Point at = known == null ? loss.point(y) : known;
      known = at;
      float[] next = step(penalty, y, at.gradient(), rate);
      // Without momentum the next step starts from here if this one is accepted, so its gradient is
      // computed with the loss; not during the search for the first step size, when that is
      // unlikely.
      boolean leaves = momentum == 1 && halvings == 0 && !searching;
      Loss.@Nullable Point there = leaves ? loss.point(next) : null;
      double value = there == null ? loss.value(next) : there.value();
      double objective = value + penalty.value(next);
      if (!Double.isFinite(value) || value > bound(at, y, next, rate)) {
        rate *= SHRINK;
        halvings++;
        searching = false;
      } else if (objective > descent.objective()) {
        if (y == x) {
          rate *= SHRINK;
          halvings++;
        } else {
          y = x;
          known = null;
          momentum = 1;
        }
      } else if (y == x && Arrays.equals(next, x)) {
        descent.end();
      } else {
        double before = momentum;
        momentum = accelerated ? (1 + Math.sqrt(1 + 4 * before * before)) / 2 : 1;
        float[] last = x;
        x = next;
        y = before > 1 ? extrapolated(last, x, (before - 1) / momentum) : x;
        known = y == x ? there : null;
        descent.add(value, objective);
        descent.rate(rate);
        rate *= searching ? FIRST_GROWTH : grows ? GROWTH : 1;
        halvings = 0;
      }
      if (halvings == MOST_HALVINGS) {
        descent.end();
      }
    }
    return x;
  }

  private static float[] step(Penalty penalty, float[] y, float[] gradient, double rate) {
    double[] v = new double[y.length];
    Arrays.setAll(v, i -> y[i] - rate * gradient[i]);
    double[] rates = new double[y.length];
    Arrays.fill(rates, rate);
    return penalty.proximal(v, rates);
  }

  /** The quadratic model of the loss around y, which a small enough step size puts above it. */
  private static double bound(Loss.Point at, float[] y, float[] next, double rate) {
    double slope = 0;
    double squares = 0;
    for (int i = 0; i < y.length; i++) {
      double change = (double) next[i] - y[i];
      slope += change * at.gradient()[i];
      squares += change * change;
    }
    double rounding = ROUNDING * Math.max(1, Math.abs(at.value()));
    return at.value() + slope + squares / (2 * rate) + rounding;
  }

  private static float[] extrapolated(float[] from, float[] to, double share) {
    float[] result = new float[to.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (to[i] + share * ((double) to[i] - from[i]));
    }
    return result;
  }
}
