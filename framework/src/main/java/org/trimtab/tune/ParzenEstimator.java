package org.trimtab.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trimtab.random.CounterRandom;

/**
 * A density of points: a mixture of one product of kernels an observation and one for the prior
 * (multivariate tree-structured Parzen estimator; Bergstra et al., 2011, and Falkner et al., 2018,
 * as Optuna 5.0.0 computes it with its default settings).
 *
 * <p>The newest 25 observations and the prior weigh 1, older ones less, evenly down to 1 / n for
 * the oldest of n. Immutable.
 */
public final class ParzenEstimator {
  private static final int FULL = 25;

  /** Terms this far below the largest one, in the logarithm, are lost in its last bit. */
  private static final double NEGLIGIBLE = -45;

  private final List<Map.Entry<String, Domain>> parameters;
  private final List<Kernels> kernels = new ArrayList<>();
  private final double[] cumulative;
  private final double[] logWeights;

  private ParzenEstimator(List<Map.Entry<String, Domain>> parameters, double[][] observations) {
    this.parameters = parameters;
    int count = observations[0].length;
    for (int i = 0; i < observations.length; i++) {
      kernels.add(Kernels.of(parameters.get(i).getValue(), observations[i]));
    }
    double[] weights = weights(count);
    double sum = Arrays.stream(weights).sum();
    this.cumulative = new double[count + 1];
    this.logWeights = new double[count + 1];
    double running = 0;
    for (int i = 0; i <= count; i++) {
      running += weights[i] / sum;
      cumulative[i] = running;
      logWeights[i] = Math.log(weights[i] / sum);
    }
  }

  /**
   * The density of some trials, each with equal weight for its age.
   *
   * @param space at least one parameter of more than one value; those of one value have no part
   * @param trials oldest first; those without a value for each such parameter are left out
   */
  public static ParzenEstimator of(Space space, List<Trial> trials) {
    List<Map.Entry<String, Domain>> parameters = space.searched();
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("every parameter has one value alone");
    }
    double[][] observations = new double[parameters.size()][trials.size()];
    int count = 0;
    for (Trial trial : trials) {
      boolean complete = true;
      for (int i = 0; i < observations.length && complete; i++) {
        observations[i][count] = code(parameters.get(i), trial.point());
        complete = !Double.isNaN(observations[i][count]);
      }
      count += complete ? 1 : 0;
    }
    for (int i = 0; i < observations.length; i++) {
      observations[i] = Arrays.copyOf(observations[i], count);
    }
    return new ParzenEstimator(parameters, observations);
  }

  private static double code(Map.Entry<String, Domain> parameter, Point point) {
    Object value = point.values().get(parameter.getKey());
    return value == null ? Double.NaN : parameter.getValue().code(value);
  }

  private static double[] weights(int count) {
    double[] weights = new double[count + 1];
    Arrays.fill(weights, 1);
    int ramp = count - FULL;
    for (int i = 0; i < ramp; i++) {
      double share = ramp == 1 ? 0 : (double) i / (ramp - 1);
      weights[i] = 1.0 / count + share * (1 - 1.0 / count);
    }
    return weights;
  }

  /**
   * The logarithm of the density; of the probability, for parameters with steps or choices. A
   * parameter that is searched by its logarithm counts in units of that.
   *
   * @throws IllegalArgumentException when the point lacks a parameter
   */
  public double logDensity(Point point) {
    double[] codes = new double[parameters.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code(parameters.get(i), point);
      if (Double.isNaN(codes[i])) {
        throw new IllegalArgumentException(
            "no value of '" + parameters.get(i).getKey() + "' in " + point.values());
      }
    }
    return logDensity(codes, new double[logWeights.length]);
  }

  /** The same for {@link Domain#code}s; {@code terms} is scratch space, one place a kernel. */
  double logDensity(double[] codes, double[] terms) {
    System.arraycopy(logWeights, 0, terms, 0, terms.length);
    for (int i = 0; i < codes.length; i++) {
      kernels.get(i).add(codes[i], terms);
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
    return logWeights.length;
  }

  /** Draws codes by the numbers {@code counter} and following of the generator. */
  void draw(CounterRandom random, long counter, double[] codes) {
    int found = Arrays.binarySearch(cumulative, random.uniform(counter));
    int kernel = Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    for (int i = 0; i < codes.length; i++) {
      codes[i] = kernels.get(i).draw(kernel, random, counter + 1 + i);
    }
  }
}
