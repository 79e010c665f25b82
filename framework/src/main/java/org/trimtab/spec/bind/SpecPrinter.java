package org.trimtab.spec.bind;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.trimtab.spec.Registry;
import org.trimtab.spec.Spec;

/** Writes a spec with all defaults. Reading the text gives the same plan. */
public final class SpecPrinter {
  private static final Set<String> RESERVED =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private SpecPrinter() {}

  /** The spec as YAML, keys in a fixed order, methods and their settings in that of the spec. */
  public static String print(Spec spec) {
    RecordType type = SpecReader.type(new Registry(List.of(), List.of(), Set.of()));
    StringBuilder text = new StringBuilder("# The spec as it was run, all defaults written out.\n");
    mapping(type.write(spec), 0, text);
    return text.toString();
  }

  private static void mapping(JsonNode tree, int indent, StringBuilder text) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      text.append(" ".repeat(indent)).append(entry.getKey()).append(':');
      if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
        text.append('\n');
        mapping(entry.getValue(), indent + 2, text);
      } else {
        text.append(' ').append(inline(entry.getValue())).append('\n');
      }
    }
  }

  private static String inline(JsonNode node) {
    if (node.isObject()) {
      List<String> entries = new ArrayList<>();
      node.properties()
          .forEach(entry -> entries.add(entry.getKey() + ": " + inline(entry.getValue())));
      return "{" + String.join(", ", entries) + "}";
    }
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(inline(item)));
      return "[" + String.join(", ", items) + "]";
    }
    return node.isTextual() ? scalar(node.textValue()) : node.asText();
  }

  private static String scalar(String text) {
    boolean plain =
        text.matches("[A-Za-z][A-Za-z0-9_./%-]*( [A-Za-z0-9][A-Za-z0-9_./%-]*)*")
            && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if ((c >= ' ' && c <= '~') || Character.isLetter(c)) {
        quoted.append(c);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
