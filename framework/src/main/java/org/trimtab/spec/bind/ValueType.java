package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.yaml.Node;

/** Reads, writes and describes values of one Java type in a spec. */
interface ValueType {
  /** The expected value, in words that follow "expected". */
  String expected();

  /** Reads a value; null if it is invalid, with the reason among the binding's problems. */
  @Nullable Object bind(Node node, String path, Binding binding);

  /** The canonical form of a value, with all defaults. */
  JsonNode write(Object value);

  /** The JSON schema of its values. */
  ObjectNode schema();

  /** The value with model-relative parts resolved. */
  default Object resolve(Object value, String path, int layers, Settings.Findings findings) {
    return value;
  }

  /**
   * One value for every combination of levels, the last factor fastest.
   *
   * @param written the paths of what is written, in the order of writing; defaults follow
   */
  default List<Object> expand(Object value, String path, Collection<String> written) {
    return List.of(value);
  }

  /** The number of combinations of levels; capped at the largest long. */
  default long combinations(Object value) {
    return 1;
  }
}
