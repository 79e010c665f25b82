package org.trimtab.run.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The values of a JSON tree by their paths, such as {@code mc1.ll[2]}. */
final class Leaves {
  private Leaves() {}

  /** All values; an empty object or list counts as one. */
  static Map<String, JsonNode> of(JsonNode tree) {
    Map<String, JsonNode> leaves = new TreeMap<>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(String place, JsonNode node, Map<String, JsonNode> leaves) {
    if (node.isEmpty()) {
      leaves.put(place, node);
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      collect((place.isEmpty() ? "" : place + ".") + entry.getKey(), entry.getValue(), leaves);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(place + "[" + i + "]", node.get(i), leaves);
    }
  }
}
