package org.trimtab.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.trimtab.UserException;
import org.trimtab.io.Json;

/**
 * Results of a reference implementation, as JSON.
 *
 * @param path the file, for messages
 * @param root its content
 */
record ReferenceFile(Path path, JsonNode root) {
  /** Logits closer to each other than this decide nothing. */
  private static final double GAP = 1e-3;

  private static final int SHORT = 30;

  /**
   * Reads a file.
   *
   * @throws UserException when it cannot be read as JSON
   */
  static ReferenceFile read(Path path) {
    try {
      return new ReferenceFile(path, Json.MAPPER.readTree(path.toFile()));
    } catch (IOException e) {
      throw new UserException(path + ": cannot be read as JSON (" + e.getMessage() + ")", e);
    }
  }

  /**
   * A value of an entry.
   *
   * @throws UserException when the entry does not have it
   */
  JsonNode required(JsonNode entry, String key) {
    JsonNode value = entry.get(key);
    if (value == null) {
      throw new UserException(path + ": an entry has no '" + key + "'");
    }
    return value;
  }

  /** Token ids. */
  int[] ids(JsonNode entry, String key) {
    JsonNode list = required(entry, key);
    int[] ids = new int[list.size()];
    Arrays.setAll(ids, i -> list.get(i).asInt());
    return ids;
  }

  /**
   * The number of greedy steps before the first one at which two logits are too close to decide.
   */
  int decided(JsonNode entry) {
    JsonNode gaps = required(entry, "top1_minus_top2");
    int steps = 0;
    while (steps < gaps.size() && gaps.get(steps).asDouble() >= GAP) {
      steps++;
    }
    return steps;
  }

  /** A text as the subject of a finding: one short line. */
  static String subject(String text) {
    String line = text.replace("\n", "\\n");
    String shortened = line.length() <= SHORT ? line : line.substring(0, SHORT - 3) + "...";
    return "'" + shortened + "'";
  }
}
