package org.trimtab.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * A value that a chat template is given under a name of its own.
 *
 * @param value a Boolean, Long, Double or String
 */
public record TemplateValue(Object value) {
  /** The same as JSON. */
  public JsonNode tree() {
    if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    } else if (value instanceof Long number) {
      return LongNode.valueOf(number);
    }
    return value instanceof Double number
        ? DoubleNode.valueOf(number)
        : TextNode.valueOf(value.toString());
  }
}
