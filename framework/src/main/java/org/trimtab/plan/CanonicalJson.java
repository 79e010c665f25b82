package org.trimtab.plan;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trimtab.io.Hashes;

/**
 * One spelling for every JSON value: keys sorted by UTF-16 code units, no white space,
 * floating-point numbers in the shortest form that reads back to the same 64 bits and always with a
 * point or an exponent, integers without, and no escape that JSON doesn't ask for except lone
 * surrogates.
 */
public final class CanonicalJson {
  private final StringBuilder text;
  private final Map<JsonNode, String> known;

  private CanonicalJson(StringBuilder text, Map<JsonNode, String> known) {
    this.text = text;
    this.known = known;
  }

  /**
   * The canonical text.
   *
   * @throws IllegalArgumentException for a number that is not finite, and for values that are not
   *     JSON
   */
  public static String write(JsonNode node) {
    return write(node, Map.of());
  }

  /**
   * The canonical text.
   *
   * @param known the texts of nodes that were written before, by the nodes themselves
   */
  static String write(JsonNode node, Map<JsonNode, String> known) {
    StringBuilder text = new StringBuilder(1024);
    new CanonicalJson(text, known).append(node);
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

  private void append(JsonNode node) {
    String before = known.get(node);
    if (before != null) {
      text.append(before);
      return;
    }
    switch (node.getNodeType()) {
      case OBJECT -> appendObject(node);
      case ARRAY -> {
        text.append('[');
        for (int i = 0; i < node.size(); i++) {
          text.append(i == 0 ? "" : ",");
          append(node.get(i));
        }
        text.append(']');
      }
      case STRING -> appendString(node.textValue());
      case NUMBER -> appendNumber(node);
      case BOOLEAN -> text.append(node.booleanValue());
      case NULL -> text.append("null");
      default -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
    }
  }

  private void appendObject(JsonNode node) {
    List<Map.Entry<String, JsonNode>> sorted = new ArrayList<>(node.properties());
    sorted.sort(Map.Entry.comparingByKey());
    text.append('{');
    for (int i = 0; i < sorted.size(); i++) {
      text.append(i == 0 ? "" : ",");
      appendString(sorted.get(i).getKey());
      text.append(':');
      append(sorted.get(i).getValue());
    }
    text.append('}');
  }

  private void appendNumber(JsonNode node) {
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

  private void appendString(String value) {
    text.append('"');
    int plain = 0;
    while (plain < value.length() && isPlain(value.charAt(plain))) {
      plain++;
    }
    text.append(value, 0, plain);
    for (int i = plain; i < value.length(); i++) {
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

  /** Whether a character is written as it is; of others some are. */
  private static boolean isPlain(char c) {
    return c >= ' ' && c < Character.MIN_SURROGATE && c != '"' && c != '\\';
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
