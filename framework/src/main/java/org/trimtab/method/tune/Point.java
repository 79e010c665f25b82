package org.trimtab.method.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One setting of every parameter. Immutable.
 *
 * @param values by the parameter's name: a {@link Double}, a {@link Long} for an integer parameter,
 *     a {@link String} for a choice; in the order of the search space
 */
public record Point(Map<String, Object> values) {
  /** Copies the map, order kept. */
  public Point {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of a number, whole or not.
   *
   * @throws IllegalArgumentException when there is no such number
   */
  public double number(String name) {
    if (values.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException("no number '" + name + "' in " + values);
  }

  /**
   * The value of a choice.
   *
   * @throws IllegalArgumentException when there is no such choice
   */
  public String choice(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no choice '" + name + "' in " + values);
  }

  /** As JSON, for a journal; {@link #of} reads it. */
  public ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    values.forEach(
        (name, value) -> {
          if (value instanceof Long whole) {
            tree.put(name, whole);
          } else if (value instanceof Double number) {
            tree.put(name, number);
          } else {
            tree.put(name, value.toString());
          }
        });
    return tree;
  }

  /** Reads a point: whole numbers, other numbers and texts; anything else is skipped. */
  public static Point of(ObjectNode tree) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      JsonNode value = entry.getValue();
      if (value.isIntegralNumber()) {
        values.put(entry.getKey(), value.longValue());
      } else if (value.isNumber()) {
        values.put(entry.getKey(), value.doubleValue());
      } else if (value.isTextual()) {
        values.put(entry.getKey(), value.textValue());
      }
    }
    return new Point(values);
  }
}
