package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads, writes and describes values of one Java type in a spec. */
interface ValueType {
  /** The expected value, in words that follow "expected". */
  String expected();

  /** Reads a value; null if it is invalid, with the reason among the binding's problems. */
  @Nullable Bound bind(Node node, String path, Binding binding);

  /** The canonical form of a value, with all defaults. */
  JsonNode write(Object value);

  /** The JSON schema of its values. */
  ObjectNode schema();

  /** The canonical form with model-relative values resolved. */
  default JsonNode resolve(
      JsonNode tree, String path, int layers, BiConsumer<String, String> problems) {
    return tree;
  }

  /** One canonical form for every combination of levels, the last factor fastest. */
  default List<JsonNode> expand(JsonNode tree) {
    return List.of(tree);
  }

  /** The number of combinations of levels; capped at the largest long. */
  default long combinations(JsonNode tree) {
    return 1;
  }
}
