package org.trimtab.chat.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Bool;
import org.trimtab.chat.value.DictValue;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Ordering;
import org.trimtab.chat.value.Real;
import org.trimtab.chat.value.Repr;
import org.trimtab.chat.value.Sequence;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;

/** Python's {@code json.dumps}. */
public final class JsonText {
  /**
   * How to write.
   *
   * @param ascii whether to escape everything beyond ASCII
   * @param indent what a level is indented by, or null for one line
   * @param itemSeparator between items
   * @param keySeparator between a key and its value
   * @param sortKeys whether to sort keys
   */
  public record Style(
      boolean ascii,
      @Nullable String indent,
      String itemSeparator,
      String keySeparator,
      boolean sortKeys) {}

  private final Style style;
  private final StringBuilder out = new StringBuilder();

  private JsonText(Style style) {
    this.style = style;
  }

  /** Writes a value. Fails for types that JSON does not have. */
  public static String of(Value value, Style style) {
    JsonText json = new JsonText(style);
    json.append(value, 0);
    return json.out.toString();
  }

  private void append(Value value, int level) {
    Limits.text(out.length());
    if (value instanceof Text text) {
      appendText(text.value());
    } else if (value instanceof Sequence sequence) {
      appendItems('[', sequence.items(), ']', level);
    } else if (value instanceof DictValue dict) {
      appendItems('{', entries(dict), '}', level);
    } else {
      out.append(scalar(value));
    }
  }

  private static String scalar(Value value) {
    if (value instanceof None) {
      return "null";
    }
    if (value instanceof Bool truth) {
      return truth == Bool.TRUE ? "true" : "false";
    }
    if (value instanceof Int number) {
      return Long.toString(number.value());
    }
    if (value instanceof Real real) {
      return Double.isNaN(real.value())
          ? "NaN"
          : Double.isInfinite(real.value())
              ? (real.value() > 0 ? "Infinity" : "-Infinity")
              : Repr.of(value);
    }
    throw Failure.type("Object of type " + value.typeName() + " is not JSON serializable");
  }

  private List<DictValue.Entry> entries(DictValue dict) {
    List<DictValue.Entry> entries = new ArrayList<>(dict.entries());
    if (style.sortKeys()) {
      entries.sort(
          (a, b) ->
              Ordering.holds("<", a.key(), b.key())
                  ? -1
                  : Ordering.holds("<", b.key(), a.key()) ? 1 : 0);
    }
    return entries;
  }

  private void appendItems(char open, Collection<?> items, char close, int level) {
    out.append(open);
    String separator = "";
    for (Object item : items) {
      out.append(separator);
      appendLine(level + 1);
      if (item instanceof DictValue.Entry entry) {
        appendText(key(entry.key()));
        out.append(style.keySeparator());
        append(entry.value(), level + 1);
      } else if (item instanceof Value value) {
        append(value, level + 1);
      }
      separator = style.itemSeparator();
    }
    if (!items.isEmpty()) {
      appendLine(level);
    }
    out.append(close);
  }

  private void appendLine(int level) {
    if (style.indent() != null) {
      Limits.text(out.length() + (long) level * style.indent().length());
      out.append('\n').append(style.indent().repeat(level));
    }
  }

  private static String key(Value key) {
    if (key instanceof Text text) {
      return text.value();
    }
    if (key instanceof None || key instanceof Bool || key instanceof Int || key instanceof Real) {
      return scalar(key);
    }
    throw Failure.type("keys must be str, int, float, bool or None, not " + key.typeName());
  }

  private void appendText(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (unit < ' ' || (style.ascii() && unit > '~')) {
            out.append(String.format("\\u%04x", (int) unit));
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }
}
