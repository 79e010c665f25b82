package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.UserException;

/** Reads the pairs of a task. */
public final class Pairs {
  private Pairs() {}

  /**
   * Reads a file in the form of the function-vector data sets: a list of {@code {"input": text,
   * "output": text}}.
   *
   * @throws UserException when it cannot be read or an item is not of that form; names the item
   */
  public static List<Pair> read(Path file) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (!root.isArray() || root.isEmpty()) {
      throw new UserException(file + ": expected a list of {\"input\": ..., \"output\": ...}");
    }
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode item : root) {
      int index = pairs.size();
      pairs.add(
          new Pair(index, text(file, index, item, "input"), text(file, index, item, "output")));
    }
    return List.copyOf(pairs);
  }

  private static String text(Path file, int index, JsonNode item, String key) {
    JsonNode value = item.path(key);
    if (!value.isTextual()) {
      throw new UserException(
          file + ": item " + index + ": '" + key + "' is missing or not a text");
    }
    return value.textValue();
  }
}
