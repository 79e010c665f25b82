package org.trimtab.model.weights;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.UserException;

/**
 * The key-value part of a GGUF file, typed. Values are String, Boolean, Long, Double, or a List of
 * one of these (all integer types read as Long, all floating types as Double).
 *
 * @param file the file's name, for messages
 * @param values the raw values by key
 */
public record GgufMetadata(String file, Map<String, Object> values) {
  /** Copies the map. */
  public GgufMetadata {
    values = Map.copyOf(values);
  }

  /** The string under a key, if there is one. */
  public Optional<String> string(String key) {
    return value(key, String.class, "a string");
  }

  /** The integer under a key, if there is one. */
  public Optional<Long> integer(String key) {
    return value(key, Long.class, "an integer");
  }

  /** The number under a key, integers included, if there is one. */
  public Optional<Double> number(String key) {
    return value(key, Number.class, "a number").map(Number::doubleValue);
  }

  /** The boolean under a key, if there is one. */
  public Optional<Boolean> bool(String key) {
    return value(key, Boolean.class, "a truth value");
  }

  /** The list of strings under a key, if there is one. */
  public Optional<List<String>> strings(String key) {
    return list(key, String.class, "a list of strings");
  }

  /** The list of integers under a key, if there is one. */
  public Optional<List<Long>> integers(String key) {
    return list(key, Long.class, "a list of integers");
  }

  /** The list of floating-point numbers under a key, if there is one. */
  public Optional<List<Double>> numbers(String key) {
    return list(key, Double.class, "a list of numbers");
  }

  /** The error for a missing key. */
  public UserException missing(String key) {
    return new UserException(file + ": metadata key '" + key + "' is missing");
  }

  private <T> Optional<T> value(String key, Class<T> type, String expected) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new UserException(
          file + ": metadata key '" + key + "' should be " + expected + ", found " + value);
    }
    return Optional.of(type.cast(value));
  }

  private <T> Optional<List<T>> list(String key, Class<T> element, String expected) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> list) || !list.stream().allMatch(element::isInstance)) {
      throw new UserException(file + ": metadata key '" + key + "' should be " + expected);
    }
    return Optional.of(list.stream().map(element::cast).toList());
  }
}
