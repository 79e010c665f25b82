package org.trimtab.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of a JSON tree. */
final class JsonLeaves {
  /**
   * A place.
   *
   * @param key its key, where it is one of an object
   * @param index its index, where it is one of an array
   */
  record Place(JsonNode parent, @Nullable String key, int index) {
    JsonNode value() {
      return key == null ? parent.get(index) : parent.get(key);
    }

    void set(JsonNode value) {
      if (parent instanceof ObjectNode object && key != null) {
        object.set(key, value);
      } else {
        ((ArrayNode) parent).set(index, value);
      }
    }

    void remove() {
      if (parent instanceof ObjectNode object && key != null) {
        object.remove(key);
      } else {
        ((ArrayNode) parent).remove(index);
      }
    }

    @Override
    public String toString() {
      return key == null ? "[" + index + "]" : key;
    }
  }

  private JsonLeaves() {}

  /** All places of a tree except its root, depth first. */
  static List<Place> of(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    add(tree, places);
    return places;
  }

  private static void add(JsonNode tree, List<Place> places) {
    if (tree instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              entry -> {
                places.add(new Place(object, entry.getKey(), -1));
                add(entry.getValue(), places);
              });
    } else {
      for (int i = 0; i < tree.size(); i++) {
        places.add(new Place(tree, null, i));
        add(tree.get(i), places);
      }
    }
  }
}
