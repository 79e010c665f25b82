package org.trimtab.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message of a conversation.
 *
 * @param role who speaks: {@code system}, {@code user}, {@code assistant}, or another role that the
 *     template knows
 * @param content what is said
 */
public record Message(String role, String content) {
  /** The fields as templates see them, in this order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", role);
    fields.put("content", content);
    return fields;
  }
}
