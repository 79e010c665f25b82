package org.trimtab.chat.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.JsonText;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Arithmetic;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;
import org.trimtab.chat.value.Values;

/** The filter {@code tojson} as transformers replaces it: plain {@code json.dumps}. */
final class JsonFilter {
  private JsonFilter() {}

  static Value apply(Value input, Arguments arguments) {
    @Nullable Value[] bound =
        arguments.bind("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");
    String indent = indent(bound[1]);
    String between = indent == null ? ", " : ",";
    String afterKey = ": ";
    if (bound[2] != null && !(bound[2] instanceof None)) {
      List<Value> separators = Values.unpack(bound[2], 2);
      between = Expect.text(separators.get(0));
      afterKey = Expect.text(separators.get(1));
    }
    JsonText.Style style =
        new JsonText.Style(
            Expect.truth(bound[0], false),
            indent,
            between,
            afterKey,
            Expect.truth(bound[3], false));
    return Text.of(JsonText.of(input, style));
  }

  private static @Nullable String indent(@Nullable Value value) {
    if (value == null || value instanceof None) {
      return null;
    }
    if (value instanceof Text text) {
      return text.value();
    }
    long width = Math.max(0, Arithmetic.integer(value));
    return " ".repeat(Limits.text(width));
  }
}
