package org.trimtab.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;

/** A cell's settings as columns: nested keys joined by dots, values as text. */
public final class FlatSettings {
  private FlatSettings() {}

  /** {@code {"direction": {"hidden_state": 18}}} becomes {@code direction.hidden_state = 18}. */
  public static Map<String, String> of(Cell cell) {
    return of(cell.settings());
  }

  /** The same for any settings. */
  public static Map<String, String> of(ObjectNode settings) {
    Map<String, String> flat = new LinkedHashMap<>();
    flatten("", settings, flat);
    return Collections.unmodifiableMap(flat);
  }

  /** Every key of some cells, in the order of first occurrence. */
  public static List<String> keys(Collection<Cell> cells) {
    Set<String> keys = new LinkedHashSet<>();
    cells.forEach(cell -> keys.addAll(of(cell).keySet()));
    return List.copyOf(keys);
  }

  private static void flatten(String prefix, ObjectNode node, Map<String, String> flat) {
    node.properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value instanceof ObjectNode object && !object.isEmpty()) {
                flatten(prefix + entry.getKey() + ".", object, flat);
              } else {
                flat.put(prefix + entry.getKey(), Json.text(value));
              }
            });
  }
}
