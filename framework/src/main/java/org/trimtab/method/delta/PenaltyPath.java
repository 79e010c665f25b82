package org.trimtab.method.delta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A path of penalties, from the strongest to the weakest, and the loss of held-out examples at
 * every point of it.
 */
final class PenaltyPath {
  private final List<Fit> points = new ArrayList<>();

  /** Minimises the objective at one point. */
  interface Solver {
    /**
     * Minimises.
     *
     * @param start the initial vector; null for zero
     */
    Fit at(Strength strength, float @Nullable [] start);
  }

  /**
   * A point of the path.
   *
   * @param strength its penalties
   * @param vector the learned vector
   * @param steps the number of steps
   * @param loss the loss of the training examples
   * @param objective the loss with the penalty
   * @param held the loss of the held-out examples
   * @param alive heads that are not zero
   * @param zeros entries that are zero
   * @param residual of the optimality conditions
   */
  record Fit(
      Strength strength,
      float[] vector,
      int steps,
      double loss,
      double objective,
      double held,
      int alive,
      int zeros,
      double residual) {}

  /**
   * Follows the path.
   *
   * @param warm whether a point starts from a stronger one's vector rather than at zero
   */
  PenaltyPath(List<Strength> path, boolean warm, Solver solver) {
    Map<Strength, Strength> starts = warm ? Strength.starts(path) : Map.of();
    Map<Strength, Fit> known = new HashMap<>();
    for (Strength strength : path) {
      @Nullable Fit before = known.get(starts.get(strength));
      Fit fit = solver.at(strength, before == null ? null : before.vector());
      known.put(strength, fit);
      points.add(fit);
    }
  }

  /** The points in the order of the path. */
  List<Fit> points() {
    return points;
  }

  /** The point with the lowest loss of held-out examples; the strongest of equal ones. */
  Fit best() {
    return points.stream()
        .reduce((best, each) -> each.held() < best.held() ? each : best)
        .orElseThrow();
  }

  /** Lists with one entry per point. */
  Map<String, Object> facts() {
    Map<String, ToDoubleFunction<Fit>> columns = new LinkedHashMap<>();
    columns.put("lambda1", fit -> fit.strength().lambda1());
    columns.put("lambda2", fit -> fit.strength().lambda2());
    columns.put("steps", Fit::steps);
    columns.put("loss", Fit::loss);
    columns.put("objective", Fit::objective);
    columns.put("loss.validation", Fit::held);
    columns.put("heads.alive", Fit::alive);
    columns.put("zeros", Fit::zeros);
    columns.put("kkt.residual", Fit::residual);
    Map<String, Object> facts = new LinkedHashMap<>();
    columns.forEach(
        (name, value) ->
            facts.put("path." + name, points.stream().mapToDouble(value).boxed().toList()));
    return facts;
  }

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
     * The preceding points of a path, by the points that have one: the next stronger lambda2 at the
     * same lambda1; at the strongest, the next stronger lambda1.
     */
    static Map<Strength, Strength> starts(Collection<Strength> path) {
      NavigableMap<Double, NavigableSet<Double>> rows = new TreeMap<>();
      path.forEach(
          each -> rows.computeIfAbsent(each.lambda1, row -> new TreeSet<>()).add(each.lambda2));
      Map<Strength, Strength> starts = new HashMap<>();
      for (Strength each : path) {
        for (Map.Entry<Double, NavigableSet<Double>> row : rows.tailMap(each.lambda1).entrySet()) {
          boolean own = row.getKey() == each.lambda1;
          @Nullable Double next =
              own ? row.getValue().higher(each.lambda2) : row.getValue().ceiling(each.lambda2);
          if (next != null) {
            starts.put(each, new Strength(row.getKey(), next));
            break;
          }
        }
      }
      return starts;
    }

    /** Weaker ones first. */
    @Override
    public int compareTo(Strength other) {
      return ORDER.compare(this, other);
    }
  }
}
