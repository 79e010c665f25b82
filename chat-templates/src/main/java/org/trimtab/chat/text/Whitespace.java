package org.trimtab.chat.text;

import java.util.function.IntPredicate;

/** Python's notion of white space, which differs from Java's. */
public final class Whitespace {
  private Whitespace() {}

  /** Whether Python's {@code str.isspace} holds for a code point. */
  public static boolean isSpace(int point) {
    return (point >= 0x09 && point <= 0x0d)
        || (point >= 0x1c && point <= 0x20)
        || point == 0x85
        || point == 0xa0
        || point == 0x1680
        || (point >= 0x2000 && point <= 0x200a)
        || point == 0x2028
        || point == 0x2029
        || point == 0x202f
        || point == 0x205f
        || point == 0x3000;
  }

  /** Whether {@code str.splitlines} ends a line at this character. */
  public static boolean isLineBreak(int point) {
    return (point >= 0x0a && point <= 0x0d)
        || (point >= 0x1c && point <= 0x1e)
        || point == 0x85
        || point == 0x2028
        || point == 0x2029;
  }

  /** The text without matching characters at its start. */
  public static String stripStart(String text, IntPredicate strip) {
    int start = 0;
    while (start < text.length() && strip.test(text.codePointAt(start))) {
      start = text.offsetByCodePoints(start, 1);
    }
    return text.substring(start);
  }

  /** The text without matching characters at its end. */
  public static String stripEnd(String text, IntPredicate strip) {
    int end = text.length();
    while (end > 0 && strip.test(text.codePointBefore(end))) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
