package org.trimtab.chat.render;

import java.util.List;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.Int;
import org.trimtab.chat.value.Limits;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.Value;

/** Finding and replacing parts of strings. */
final class TextSearch {
  private TextSearch() {}

  /** Python's {@code find}, {@code rfind}, {@code index}, {@code rindex} and {@code count}. */
  static Value search(String text, String name, List<Value> arguments) {
    if (!(arguments.get(0) instanceof Text part)) {
      throw Failure.type("must be str, not " + arguments.get(0).typeName());
    }
    if (arguments.size() > 1) {
      throw Failure.unsupported("'" + name + "' with a start");
    }
    if (name.equals("count")) {
      return new Int(count(text, part.value()));
    }
    int at = name.startsWith("r") ? text.lastIndexOf(part.value()) : text.indexOf(part.value());
    if (at < 0 && name.endsWith("index")) {
      throw Failure.value("substring not found");
    }
    return new Int(at < 0 ? -1 : text.codePointCount(0, at));
  }

  private static int count(String text, String part) {
    if (part.isEmpty()) {
      return text.codePointCount(0, text.length()) + 1;
    }
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  /** Replaces the first occurrences of a part, all of them where the count is negative. */
  static String replace(String text, String old, String replacement, int count) {
    int times = count(text, old);
    int replaced = count < 0 ? times : Math.min(count, times);
    Limits.text(text.length() + replaced * ((long) replacement.length() - old.length()));
    StringBuilder out = new StringBuilder();
    int position = 0;
    for (int i = 0; i < replaced; i++) {
      if (old.isEmpty()) {
        out.append(replacement);
        int next = i < times - 1 ? text.offsetByCodePoints(position, 1) : position;
        out.append(text, position, next);
        position = next;
      } else {
        int at = text.indexOf(old, position);
        out.append(text, position, at).append(replacement);
        position = at + old.length();
      }
    }
    return out.append(text, position, text.length()).toString();
  }
}
