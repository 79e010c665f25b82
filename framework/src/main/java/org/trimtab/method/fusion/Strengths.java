package org.trimtab.method.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.method.tune.Domain;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Space;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.Levels;

/**
 * The parameters of a search and the resulting strengths.
 *
 * @param segments the ranges of layers with one strength each
 * @param factors the searched factors of a strength, by name
 */
record Strengths(List<LayerRange> segments, Map<String, Domain> factors) {
  /** The strengths of one cell. */
  static Strengths of(FusionSettings settings) {
    Map<String, Domain> factors = new LinkedHashMap<>();
    put(factors, "strength", settings.strength());
    put(factors, "alpha", settings.alpha());
    put(factors, "gamma", settings.gamma());
    return new Strengths(settings.segments().only().ranges(), factors);
  }

  private static void put(
      Map<String, Domain> factors, String name, @Nullable Levels<Domain> domain) {
    if (domain != null) {
      factors.put(name, domain.only());
    }
  }

  /** The search space: {@code strength}, or {@code strength_1}, {@code strength_2}, ... */
  Space space() {
    Map<String, Domain> parameters = new LinkedHashMap<>();
    for (int segment = 0; segment < segments.size(); segment++) {
      int number = segment;
      factors.forEach((factor, domain) -> parameters.put(name(factor, number), domain));
    }
    return new Space(parameters);
  }

  /** Parameters that act only through their product. */
  List<Set<String>> products() {
    List<Set<String>> products = new ArrayList<>();
    for (int segment = 0; segment < segments.size() && factors.size() > 1; segment++) {
      int number = segment;
      products.add(
          Set.copyOf(factors.keySet().stream().map(factor -> name(factor, number)).toList()));
    }
    return products;
  }

  private String name(String factor, int segment) {
    return segments.size() == 1 ? factor : factor + "_" + (segment + 1);
  }

  /** The lowest layer that has a strength. */
  int lowestLayer() {
    return segments.get(0).first(Integer.MAX_VALUE);
  }

  /** The strength of every layer. */
  List<Double> at(Point point, int layers) {
    Double[] strengths = new Double[layers];
    Arrays.fill(strengths, 0.0);
    for (int segment = 0; segment < segments.size(); segment++) {
      double strength = 1;
      for (String factor : factors.keySet()) {
        strength *= point.number(name(factor, segment));
      }
      LayerRange range = segments.get(segment);
      Arrays.fill(strengths, range.first(layers), range.last(layers) + 1, strength);
    }
    return List.of(strengths);
  }
}
