package org.trimtab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Iterator;

/**
 * JSON as journals and exports write it: one line, keys in the order given, doubles in the shortest
 * form that reads back as the same bits (Double.toString before Java 19 is not always that).
 */
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** The node as one line, without a line feed at its end. */
  static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  /** The shortest text that reads back as the same double. */
  static String text(double value) {
    return NumberOutput.toString(value, true);
  }

  /** A scalar as people write it, an array as JSON, null as the empty text. */
  static String text(JsonNode node) {
    if (node.isNull()) {
      return "";
    }
    if (node.isFloatingPointNumber() || node.isContainerNode()) {
      return line(node);
    }
    return node.asText();
  }

  /** Whether every number in the tree is finite. */
  static boolean finite(JsonNode node) {
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
