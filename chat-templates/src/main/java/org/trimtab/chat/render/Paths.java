package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Undefined;
import org.trimtab.chat.value.Value;

/** What the parameter {@code attribute} of filters names: a path such as {@code address.0.city}. */
final class Paths {
  private final List<Value> parts;

  private Paths(List<Value> parts) {
    this.parts = parts;
  }

  /** The path that an argument names; none leads to the value itself. */
  static Paths of(@Nullable Value attribute) {
    List<Value> parts = new ArrayList<>();
    if (attribute instanceof Text text) {
      for (String part : text.value().split("\\.", -1)) {
        parts.add(part.matches("\\d{1,9}") ? new Int(Long.parseLong(part)) : Text.of(part));
      }
    } else if (attribute != null && !(attribute instanceof None)) {
      parts.add(attribute);
    }
    return new Paths(parts);
  }

  /** What the path leads to. */
  Value follow(Value start) {
    return follow(start, null);
  }

  /** What the path leads to, with another value for what is undefined on the way. */
  Value follow(Value start, @Nullable Value otherwise) {
    Value value = start;
    for (Value part : parts) {
      value = Attributes.item(value, part);
      if (value instanceof Undefined && otherwise != null && !(otherwise instanceof None)) {
        value = otherwise;
      }
    }
    return value;
  }

  /** A text in lower case, so that it compares without regard to case; other values as they are. */
  static Value ignoreCase(Value value, boolean caseSensitive) {
    return value instanceof Text text && !caseSensitive
        ? Text.of(TextCase.lower(text.value()))
        : value;
  }
}
