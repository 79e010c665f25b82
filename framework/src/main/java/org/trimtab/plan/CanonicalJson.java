package org.trimtab.plan;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trimtab.io.Hashes;

/**
 * One spelling for every JSON value: keys sorted by UTF-16 code units, no white space,
 * floating-point numbers in the shortest form that reads back to the same 64 bits and always with a
 * point or an exponent, integers without, and no escape that JSON doesn't ask for except lone
 * surrogates.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for a number that is not finite, and for values that are not
   *     JSON
   */
  public static String write(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  /** SHA-256 (hex) of the canonical text in UTF-8. */
  public static String sha256(JsonNode node) {
    return sha256(write(node));
  }

  /** SHA-256 (hex) of a text in UTF-8. */
  static String sha256(String text) {
    return Hashes.text(text);
  }

  private static void append(JsonNode node, StringBuilder text) {
    switch (node.getNodeType()) {
      case OBJECT -> appendObject(node, text);
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
          text.append(i == 0 ? "" : ",");
          append(node.get(i), text);
        }
        text.append(']');
      }
      case STRING -> appendString(node.textValue(), text);
      case NUMBER -> appendNumber(node, text);
      case BOOLEAN -> text.append(node.booleanValue());
      case NULL -> text.append("null");
      default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private static void appendObject(JsonNode node, StringBuilder text) {
    TreeMap<String, JsonNode> sorted = new TreeMap<>();
    node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    text.append('{');
    for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
      if (text.charAt(text.length() - 1) != '{') {
        text.append(',');
      }
      appendString(entry.getKey(), text);
      text.append(':');
      append(entry.getValue(), text);
    }
    text.append('}');
  }

  private static void appendNumber(JsonNode node, StringBuilder text) {
    if (node.isIntegralNumber()) {
      text.append(node.bigIntegerValue());
      return;
    }
    double value = node.doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not JSON: " + value);
    }
    text.append(NumberOutput.toString(value, true));
  }

  private static void appendString(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < ' ' || isLone(value, i)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isLone(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    return Character.isLowSurrogate(c)
        && (index == 0 || !Character.isHighSurrogate(value.charAt(index - 1)));
  }
}
