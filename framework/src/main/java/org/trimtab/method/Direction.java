package org.trimtab.method;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.plan.random.CounterRandom;

/**
 * A unit vector in the residual stream.
 *
 * @param unit [D], length 1
 * @param norm norm of the difference of means before normalisation; 1 for a random direction
 */
public record Direction(float[] unit, double norm) {
  /**
   * d = mean(h_special) - mean(h_general), normalised; sums in fp64.
   *
   * @param special states of the special lines, [D] each
   * @param general states of the general lines
   * @throws UserException when the means are equal or not finite
   */
  public static Direction meanDifference(List<float[]> special, List<float[]> general) {
    if (special.isEmpty() || general.isEmpty()) {
      throw new UserException("a direction needs at least one training item; the fold has none");
    }
    double[] difference = sums(special);
    double[] other = sums(general);
    for (int i = 0; i < difference.length; i++) {
      difference[i] = difference[i] / special.size() - other[i] / general.size();
    }
    return normalised(difference);
  }

  /** A direction of independent normal entries, normalised: a pure function of its key. */
  public static Direction random(CounterRandom random, int size) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> random.normal(i));
    return new Direction(normalised(values).unit, 1);
  }

  /** The mean of states, rounded to fp32. */
  public static float[] mean(List<float[]> states) {
    double[] sums = sums(states);
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / states.size());
    }
    return mean;
  }

  private static double[] sums(List<float[]> states) {
    double[] sums = new double[states.get(0).length];
    for (float[] state : states) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += state[i];
      }
    }
    return sums;
  }

  private static Direction normalised(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0) || !Double.isFinite(norm)) {
      throw new UserException(
          "the special and the general lines have the same mean hidden state (difference of length "
              + norm
              + "), so there is no direction between them");
    }
    float[] unit = new float[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (values[i] / norm);
    }
    return new Direction(unit, norm);
  }

  /** The states of one index from a list of states by index. */
  static List<float[]> at(int index, List<Map<Integer, float[]>> states) {
    return states.stream().map(state -> state.get(index)).toList();
  }
}
