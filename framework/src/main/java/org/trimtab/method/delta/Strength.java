package org.trimtab.method.delta;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A point on a path of penalties.
 *
 * @param lambda1 weight of the absolute values
 * @param lambda2 weight of the groups' norms
 */
record Strength(double lambda1, double lambda2) implements Comparable<Strength> {
  private static final Comparator<Strength> ORDER =
      Comparator.comparingDouble(Strength::lambda1).thenComparingDouble(Strength::lambda2);

  /**
   * The preceding point of the path: the next stronger lambda2 at the same lambda1; at the
   * strongest, the next stronger lambda1.
   */
  Optional<Strength> start(Collection<Strength> path) {
    return path.stream()
        .filter(each -> each.lambda1 >= lambda1 && each.lambda2 >= lambda2)
        .filter(each -> !each.equals(this))
        .min(ORDER);
  }

  /** Weaker ones first. */
  @Override
  public int compareTo(Strength other) {
    return ORDER.compare(this, other);
  }
}
