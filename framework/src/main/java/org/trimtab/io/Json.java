package org.trimtab.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * JSON as all files have it: keys in the order given, doubles in the shortest form that reads back
 * as the same bits (Double.toString before Java 19 is not always that). Repeated keys and anything
 * after a value are refused.
 */
public final class Json {
  /** Reads and writes JSON; ignores properties that a record does not have. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Reads what Python's json reads, NaN and Infinity included, but no key twice; writes maps with
   * sorted keys.
   */
  public static final ObjectMapper PYTHON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  /** Reads YAML; refuses repeated keys, and properties that a record does not have. */
  public static final ObjectMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
  private static final DefaultPrettyPrinter PRETTY =
      new DefaultPrettyPrinter().withObjectIndenter(INDENT);
  private static final DefaultPrettyPrinter SPREAD =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
          .withObjectIndenter(INDENT)
          .withArrayIndenter(INDENT);

  private Json() {}

  /** An empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A tree or record as one line, without a line feed at its end. */
  public static String line(Object value) {
    return text(value, null);
  }

  /** A tree or record with a line per key, and arrays on one line; ends with a line feed. */
  public static String pretty(Object value) {
    return text(value, PRETTY) + "\n";
  }

  /** A tree with a line per key and per element; ends with a line feed. */
  public static String spread(JsonNode tree) {
    return text(tree, SPREAD) + "\n";
  }

  private static String text(Object value, @Nullable DefaultPrettyPrinter printer) {
    try {
      return printer == null
          ? MAPPER.writeValueAsString(value)
          : MAPPER.writer(printer).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree or record can always be written as JSON", e);
    }
  }

  /** The shortest text that reads back as the same double. */
  public static String text(double value) {
    return NumberOutput.toString(value, true);
  }

  /** A scalar as people write it, an array as JSON, null as the empty text. */
  public static String text(JsonNode node) {
    if (node.isNull()) {
      return "";
    }
    if (node.isFloatingPointNumber() || node.isContainerNode()) {
      return line(node);
    }
    return node.asText();
  }

  /** Whether every number in the tree is finite. */
  public static boolean finite(JsonNode node) {
    if (node.isNumber()) {
      return Double.isFinite(node.doubleValue());
    }
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      if (!finite(children.next())) {
        return false;
      }
    }
    return true;
  }
}
