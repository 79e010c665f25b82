package org.trimtab.method.tune;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A search space: parameters by name, in order. Immutable.
 *
 * @param parameters at least one
 */
public record Space(Map<String, Domain> parameters) {
  /** Copies the map, order kept. */
  public Space {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a search space without parameters");
    }
  }

  /** The parameters with several values. */
  List<Map.Entry<String, Domain>> searched() {
    return parameters.entrySet().stream().filter(entry -> !entry.getValue().single()).toList();
  }

  /** The parameters of a space that have more than one value, in its order. Immutable. */
  static final class Searched {
    private final String[] names;
    private final Domain[] domains;

    Searched(Space space) {
      List<Map.Entry<String, Domain>> parameters = space.searched();
      this.names = parameters.stream().map(Map.Entry::getKey).toArray(String[]::new);
      this.domains = parameters.stream().map(Map.Entry::getValue).toArray(Domain[]::new);
    }

    /** The number of parameters. */
    int size() {
      return names.length;
    }

    Domain domain(int parameter) {
      return domains[parameter];
    }

    /**
     * The {@link Domain#code}s of trials: one array per parameter, without trials that lack a
     * value.
     */
    double[][] codes(List<Trial> trials) {
      double[][] codes = new double[names.length][trials.size()];
      int count = 0;
      for (Trial trial : trials) {
        Map<String, Object> values = trial.point().values();
        boolean complete = true;
        for (int i = 0; i < codes.length && complete; i++) {
          double code = code(i, values);
          codes[i][count] = code;
          complete = !Double.isNaN(code);
        }
        count += complete ? 1 : 0;
      }
      for (int i = 0; i < codes.length && count < trials.size(); i++) {
        codes[i] = Arrays.copyOf(codes[i], count);
      }
      return codes;
    }

    /**
     * The codes of a point.
     *
     * @throws IllegalArgumentException when the point lacks a parameter
     */
    double[] codes(Point point) {
      double[] codes = new double[names.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = code(i, point.values());
        if (Double.isNaN(codes[i])) {
          throw new IllegalArgumentException("no value of '" + names[i] + "' in " + point.values());
        }
      }
      return codes;
    }

    private double code(int parameter, Map<String, Object> values) {
      Object value = values.get(names[parameter]);
      return value == null ? Double.NaN : domains[parameter].code(value);
    }
  }
}
