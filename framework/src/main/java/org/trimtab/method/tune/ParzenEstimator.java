package org.trimtab.method.tune;

import java.util.Arrays;
import java.util.List;
import org.trimtab.method.tune.Space.Searched;
import org.trimtab.plan.random.CounterRandom;

/**
 * A density of points: a mixture of one product of kernels per observation and one for the prior
 * (multivariate tree-structured Parzen estimator; Bergstra et al., 2011, and Falkner et al., 2018,
 * as Optuna 5.0.0 computes it with its default settings).
 *
 * <p>The newest 25 observations and the prior weigh 1, older ones linearly less, down to 1 / n for
 * the oldest of n. Immutable.
 */
public final class ParzenEstimator {
  private static final int FULL = 25;

  /** Terms this far below the largest one, in the logarithm, are lost in its last bit. */
  private static final double NEGLIGIBLE = -45;

  /**
   * The product of this many factors of {@link ParzenKernels#weigh}, at most 100 each, is finite.
   */
  private static final int BEFORE_OVERFLOW = 128;

  private final Searched parameters;
  private final ParzenKernels[] kernels;
  private final double[] cumulative;

  /** Of each kernel's log density, with its weight, the part that is the same for all points. */
  private final double[] constant;

  private ParzenEstimator(Searched parameters, double[][] observations) {
    this.parameters = parameters;
    this.kernels = new ParzenKernels[observations.length];
    int count = observations[0].length;
    double[] weights = weights(count);
    this.cumulative = new double[count + 1];
    this.constant = new double[count + 1];
    double running = 0;
    for (int i = 0; i <= count; i++) {
      running += weights[i];
      cumulative[i] = running;
    }
    for (int i = 0; i < kernels.length; i++) {
      kernels[i] = ParzenKernels.of(parameters.domain(i), observations[i]);
      kernels[i].weigh(weights, constant);
      if (i == kernels.length - 1 || i % BEFORE_OVERFLOW == BEFORE_OVERFLOW - 1) {
        for (int j = 0; j <= count; j++) {
          constant[j] += Math.log(weights[j]);
          weights[j] = 1;
        }
      }
    }
  }

  /**
   * The density of some trials, weighted by age.
   *
   * @param space at least one parameter with several values; those with one value are ignored
   * @param trials oldest first; those that lack a value for such a parameter are ignored
   */
  public static ParzenEstimator of(Space space, List<Trial> trials) {
    return of(new Searched(space), trials);
  }

  static ParzenEstimator of(Searched parameters, List<Trial> trials) {
    if (parameters.size() == 0) {
      throw new IllegalArgumentException("every parameter has one value alone");
    }
    return new ParzenEstimator(parameters, parameters.codes(trials));
  }

  /** The kernels' weights, of sum 1. */
  private static double[] weights(int count) {
    double[] weights = new double[count + 1];
    Arrays.fill(weights, 1);
    int ramp = count - FULL;
    for (int i = 0; i < ramp; i++) {
      double share = ramp == 1 ? 0 : (double) i / (ramp - 1);
      weights[i] = 1.0 / count + share * (1 - 1.0 / count);
    }
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /**
   * The logarithm of the density; of the probability, for parameters with steps or choices. A
   * parameter whose logarithm is searched counts in units of the logarithm.
   *
   * @throws IllegalArgumentException when the point lacks a parameter
   */
  public double logDensity(Point point) {
    return logDensity(parameters.codes(point), new double[constant.length]);
  }

  /** The same for {@link Domain#code}s; {@code terms} is scratch space, one entry per kernel. */
  double logDensity(double[] codes, double[] terms) {
    System.arraycopy(constant, 0, terms, 0, terms.length);
    for (int i = 0; i < codes.length; i++) {
      kernels[i].add(codes[i], terms);
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      if (term > largest) {
        largest = term;
      }
    }
    double sum = 0;
    for (double term : terms) {
      double below = term - largest;
      if (below > NEGLIGIBLE) {
        sum += Math.exp(below);
      }
    }
    return Math.log(sum) + largest;
  }

  /** The number of kernels, that of the prior included. */
  int size() {
    return constant.length;
  }

  /** Draws codes by the numbers {@code counter} and following of the generator. */
  void draw(CounterRandom random, long counter, double[] codes) {
    int found = Arrays.binarySearch(cumulative, random.uniform(counter));
    int kernel = Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = kernels[i].draw(kernel, random, counter + 1 + i);
    }
  }
}
