package org.trimtab.method.tune;

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

  /** A space of one parameter. */
  public static Space of(String name, Domain domain) {
    return new Space(Map.of(name, domain));
  }

  /** The parameters with several values. */
  List<Map.Entry<String, Domain>> searched() {
    return parameters.entrySet().stream().filter(entry -> !entry.getValue().single()).toList();
  }
}
