package org.trimtab.chat.render;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.chat.text.Whitespace;
import org.trimtab.chat.value.Arguments;
import org.trimtab.chat.value.Failure;
import org.trimtab.chat.value.ListValue;
import org.trimtab.chat.value.None;
import org.trimtab.chat.value.Text;
import org.trimtab.chat.value.TupleValue;
import org.trimtab.chat.value.Value;

/** Strings cut into parts. */
final class TextSplitting {
  private TextSplitting() {}

  /** Python's {@code split} and {@code rsplit}. */
  static Value split(Text text, String name, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind(name, 0, "sep", "maxsplit");
    Value separator = bound[0];
    int most = Expect.bounded(bound[1], -1);
    boolean fromEnd = name.equals("rsplit");
    int limit = most < 0 ? Integer.MAX_VALUE : most;
    if (separator == null || separator instanceof None) {
      return parts(text, fromEnd ? wordsFromEnd(text.value(), limit) : words(text.value(), limit));
    }
    if (!(separator instanceof Text by)) {
      throw Failure.type("must be str or None, not " + separator.typeName());
    }
    if (by.value().isEmpty()) {
      throw Failure.value("empty separator");
    }
    return parts(
        text,
        fromEnd
            ? splitFromEnd(text.value(), by.value(), limit)
            : split(text.value(), by.value(), limit));
  }

  private static Value parts(Text whole, List<String> parts) {
    return new ListValue(parts.stream().map(part -> (Value) whole.with(part)).toList());
  }

  private static List<String> split(String text, String by, int limit) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(by); at >= 0 && parts.size() < limit; at = text.indexOf(by, start)) {
      parts.add(text.substring(start, at));
      start = at + by.length();
    }
    parts.add(text.substring(start));
    return parts;
  }

  private static List<String> splitFromEnd(String text, String by, int limit) {
    List<String> parts = new ArrayList<>();
    int end = text.length();
    while (parts.size() < limit) {
      int at = text.lastIndexOf(by, end - by.length());
      if (at < 0 || end < by.length()) {
        break;
      }
      parts.add(text.substring(at + by.length(), end));
      end = at;
    }
    parts.add(text.substring(0, end));
    Collections.reverse(parts);
    return parts;
  }

  private static List<String> words(String text, int limit) {
    List<String> parts = new ArrayList<>();
    int start = skip(text, 0, true);
    while (start < text.length() && parts.size() < limit) {
      int end = skip(text, start, false);
      parts.add(text.substring(start, end));
      start = skip(text, end, true);
    }
    if (start < text.length()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  /** The first position from a start that is not white space, or not anything else. */
  private static int skip(String text, int start, boolean space) {
    int at = start;
    while (at < text.length() && Whitespace.isSpace(text.charAt(at)) == space) {
      at++;
    }
    return at;
  }

  private static List<String> wordsFromEnd(String text, int limit) {
    List<String> parts = new ArrayList<>();
    int end = skipBack(text, text.length(), true);
    while (end > 0 && parts.size() < limit) {
      int start = skipBack(text, end, false);
      parts.add(text.substring(start, end));
      end = skipBack(text, start, true);
    }
    if (end > 0) {
      parts.add(text.substring(0, end));
    }
    Collections.reverse(parts);
    return parts;
  }

  private static int skipBack(String text, int end, boolean space) {
    int at = end;
    while (at > 0 && Whitespace.isSpace(text.charAt(at - 1)) == space) {
      at--;
    }
    return at;
  }

  /** Python's {@code splitlines}. */
  static Value lines(Text text, Arguments arguments) {
    @Nullable Value[] bound = arguments.bind("splitlines", 0, "keepends");
    return parts(text, lines(text.value(), Expect.truth(bound[0], false)));
  }

  /** The lines of a text, with their ends or without. */
  static List<String> lines(String text, boolean keepEnds) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = start;
      while (end < text.length() && !Whitespace.isLineBreak(text.charAt(end))) {
        end++;
      }
      int next = Math.min(text.length(), text.startsWith("\r\n", end) ? end + 2 : end + 1);
      lines.add(text.substring(start, keepEnds ? next : end));
      start = next;
    }
    return lines;
  }

  /** Python's {@code partition} and {@code rpartition}. */
  static Value partition(Text text, String name, Arguments arguments) {
    Value separator = arguments.positional(name, 1, 1).get(0);
    if (!(separator instanceof Text by)) {
      throw Failure.type("must be str, not " + separator.typeName());
    }
    if (by.value().isEmpty()) {
      throw Failure.value("empty separator");
    }
    String whole = text.value();
    boolean last = name.equals("rpartition");
    int at = last ? whole.lastIndexOf(by.value()) : whole.indexOf(by.value());
    if (at < 0) {
      return last ? tuple(text, "", "", whole) : tuple(text, whole, "", "");
    }
    String after = whole.substring(at + by.value().length());
    return tuple(text, whole.substring(0, at), by.value(), after);
  }

  private static Value tuple(Text whole, String... parts) {
    return new TupleValue(List.of(parts).stream().map(part -> (Value) whole.with(part)).toList());
  }
}
