package org.trimtab.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/** Typed reading of a JSON object whose keys may be absent or null. */
class JsonConfig {
  private final JsonNode node;
  private final String place;

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

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  @Nullable JsonConfig object(String key) {
    JsonNode value = node.get(key);
    return value != null && value.isObject() ? new JsonConfig(value, place + ", " + key) : null;
  }

  String text(String key, String fallback) {
    if (!has(key)) {
      return fallback;
    }
    if (!node.get(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return node.get(key).asText();
  }

  boolean truth(String key, boolean fallback) {
    if (!has(key)) {
      return fallback;
    }
    if (!node.get(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return node.get(key).asBoolean();
  }

  @Nullable Double number(String key) {
    if (!has(key)) {
      return null;
    }
    JsonNode value = node.get(key);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw wrong(key, "a number");
    }
    return value.asDouble();
  }

  double number(String key, double fallback) {
    Double value = number(key);
    return value == null ? fallback : value;
  }

  @Nullable Integer integer(String key) {
    if (!has(key)) {
      return null;
    }
    JsonNode value = node.get(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, "a whole number");
    }
    return value.asInt();
  }

  /** A required size: an integer above 0. */
  int size(String key) {
    Integer value = integer(key);
    if (value == null) {
      throw missing(key);
    }
    if (value < 1 || value > 1 << 24) {
      throw wrong(key, "a whole number from 1 to " + (1 << 24));
    }
    return value;
  }

  @Nullable List<Double> numbers(String key) {
    if (!has(key)) {
      return null;
    }
    return StreamSupport.stream(node.get(key).spliterator(), false)
        .map(JsonNode::asDouble)
        .toList();
  }

  UserException missing(String key) {
    return new UserException(place + ": '" + key + "' is missing");
  }

  UserException wrong(String key, String expected) {
    return new UserException(
        place + ": '" + key + "' should be " + expected + ", found " + node.get(key));
  }
}
