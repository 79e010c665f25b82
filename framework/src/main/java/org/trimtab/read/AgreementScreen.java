package org.trimtab.read;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.method.Direction;
import org.trimtab.plan.random.CounterRandom;

/**
 * Whether positive lines differ from the negative ones in one common way: agreement, the mean
 * cosine of pairs of differences from the mean negative state, and separation, the norm of the mean
 * difference over the mean distance from it (hidden-directions, screen.py).
 *
 * @param agreement from -1 to 1
 * @param separation from 0; infinite when all differences are the same
 */
record AgreementScreen(double agreement, double separation) {
  private static final int PAIRS = 200;

  /**
   * Screens lines.
   *
   * @param positive two states or more
   * @param negative one state or more
   * @param random draws 200 pairs, if there are more
   */
  static AgreementScreen of(List<float[]> positive, List<float[]> negative, CounterRandom random) {
    float[] reference = Direction.mean(negative);
    List<float[]> differences =
        positive.stream().map(each -> Vectors.minus(each, reference)).toList();
    double cosines = 0;
    List<int[]> pairs = pairs(differences.size(), random);
    for (int[] pair : pairs) {
      cosines += Vectors.cosine(differences.get(pair[0]), differences.get(pair[1]));
    }
    float[] mean = Direction.mean(differences);
    double distance =
        Vectors.mean(
            differences.stream().map(each -> Vectors.norm(Vectors.minus(each, mean))).toList());
    return new AgreementScreen(cosines / pairs.size(), Vectors.norm(mean) / distance);
  }

  /** All pairs, or some drawn with replacement. */
  private static List<int[]> pairs(int count, CounterRandom random) {
    List<int[]> pairs = new ArrayList<>();
    if ((long) count * (count - 1) / 2 <= PAIRS) {
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < i; j++) {
          pairs.add(new int[] {i, j});
        }
      }
      return pairs;
    }
    for (int i = 0; i < PAIRS; i++) {
      int first = random.below(count, 2L * i);
      int other = random.below(count - 1, 2L * i + 1);
      pairs.add(new int[] {first, other >= first ? other + 1 : other});
    }
    return pairs;
  }
}
