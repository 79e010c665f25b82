package org.trimtab.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.EditDistance;

/** Typed reading of a JSON object whose keys may be absent or null. */
class JsonConfig {
  /** Keys that resemble one that is read and mean something else. */
  private static final Set<String> OTHERS = Set.of("v_head_dim", "qk_head_dim", "layer_type");

  private final JsonNode node;
  private final String place;
  private final Set<String> read = new TreeSet<>();

  /**
   * Reads an object.
   *
   * @param place file (and path of keys) for messages
   */
  JsonConfig(JsonNode node, String place) {
    this.node = node;
    this.place = place;
  }

  JsonNode node() {
    return node;
  }

  String place() {
    return place;
  }

  /** The keys of the object. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private @Nullable JsonNode value(String key) {
    read.add(key);
    return node.get(key);
  }

  /** Whether a key is there, be it null. */
  boolean mentions(String key) {
    return value(key) != null;
  }

  boolean has(String key) {
    JsonNode value = value(key);
    return value != null && !value.isNull();
  }

  /** The object under a key; null for none. */
  @Nullable JsonConfig object(String key) {
    JsonNode value = value(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(key, "an object");
    }
    return new JsonConfig(value, place + ", " + key);
  }

  String text(String key, String fallback) {
    JsonNode value = value(key);
    if (value == null || value.isNull()) {
      return fallback;
    }
    if (!value.isTextual()) {
      throw wrong(key, "a text");
    }
    return value.asText();
  }

  boolean truth(String key, boolean fallback) {
    JsonNode value = value(key);
    if (value == null || value.isNull()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.asBoolean();
  }

  private @Nullable Double number(String key) {
    JsonNode value = value(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong(key, "a number");
    }
    return value.asDouble();
  }

  /**
   * A number within a range; null if the key is absent or null.
   *
   * @param least may itself be the value
   */
  @Nullable Double number(String key, double least, double most) {
    Double value = number(key);
    if (value != null && !(value >= least && value <= most)) {
      throw wrong(key, "a number from " + shown(least) + " to " + shown(most));
    }
    return value;
  }

  /** A number within a range, or a fallback. */
  double number(String key, double fallback, double least, double most) {
    Double value = number(key, least, most);
    return value == null ? fallback : value;
  }

  private static String shown(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e7
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }

  @Nullable Integer integer(String key) {
    JsonNode value = value(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, "a whole number");
    }
    return value.asInt();
  }

  /** A whole number from 1 to 16 million; null if the key is absent or null. */
  @Nullable Integer count(String key) {
    Integer value = integer(key);
    if (value != null && (value < 1 || value > 1 << 24)) {
      throw wrong(key, "a whole number from 1 to " + (1 << 24));
    }
    return value;
  }

  /** A required size: an integer above 0. */
  int size(String key) {
    Integer value = count(key);
    if (value == null) {
      throw missing(key);
    }
    return value;
  }

  /** The whole numbers of a list. */
  int[] integers(String key) {
    JsonNode list = value(key);
    if (list == null || !list.isArray()) {
      throw wrong(key, "a list of whole numbers");
    }
    int[] values = new int[list.size()];
    for (int i = 0; i < values.length; i++) {
      if (!list.get(i).canConvertToInt() || !list.get(i).isIntegralNumber()) {
        throw wrong(key, "a list of whole numbers");
      }
      values[i] = list.get(i).asInt();
    }
    return values;
  }

  /** The texts of a list; null if there is none. */
  @Nullable List<String> texts(String key) {
    JsonNode list = value(key);
    if (list == null || list.isNull()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** The numbers of a list, all above 0; null if there is none. */
  @Nullable List<Double> numbers(String key) {
    JsonNode list = value(key);
    if (list == null || list.isNull()) {
      return null;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode each : list) {
      if (!each.isNumber() || !(each.asDouble() > 0) || !Double.isFinite(each.asDouble())) {
        throw wrong(key, "a list of numbers above 0");
      }
      numbers.add(each.asDouble());
    }
    return numbers;
  }

  /** Refuses keys other than those that were read. */
  void requireKnown(Set<String> others) {
    for (String key : keys()) {
      if (!read.contains(key) && !others.contains(key)) {
        throw new UserException(
            "%s: '%s' is not known here; known are %s"
                .formatted(place, key, String.join(", ", read)));
      }
    }
  }

  /** Refuses a key that is probably a misspelling of one that was read. */
  void requireSpelled() {
    for (String key : keys()) {
      if (read.contains(key) || OTHERS.contains(key)) {
        continue;
      }
      int most = key.length() < 8 ? 1 : 2;
      for (String known : read) {
        if (!node.has(known) && EditDistance.between(key, known) <= most) {
          throw new UserException(
              "%s: '%s' is not known; did you mean '%s'?".formatted(place, key, known));
        }
      }
    }
  }

  UserException missing(String key) {
    return new UserException(place + ": '" + key + "' is missing");
  }

  UserException wrong(String key, String expected) {
    return new UserException(
        place + ": '" + key + "' should be " + expected + ", found " + node.get(key));
  }
}
