package org.trimtab.say;

import java.util.Locale;

/** Generated text on a terminal: nothing in it can control the terminal. */
final class Shown {
  private static final int CONTROL_PICTURES = 0x2400;
  private static final int DELETE_PICTURE = 0x2421;
  private static final int DELETE = 0x7F;

  /** First and last code points that take two columns (Markus Kuhn's wcwidth, and emoji). */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x231A, 0x231B},
    {0x2329, 0x232A},
    {0x23E9, 0x23EC},
    {0x2614, 0x2615},
    {0x2648, 0x2653},
    {0x26A1, 0x26A1},
    {0x26BD, 0x26BE},
    {0x26C4, 0x26C5},
    {0x26D4, 0x26D4},
    {0x2705, 0x2705},
    {0x2728, 0x2728},
    {0x274C, 0x274C},
    {0x2753, 0x2757},
    {0x2B50, 0x2B50},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD}
  };

  private Shown() {}

  /** A text in which control characters are visible; line feeds stay, tabs are spaces. */
  static String text(String raw) {
    StringBuilder shown = new StringBuilder();
    raw.codePoints().forEach(each -> append(shown, each));
    return shown.toString();
  }

  /** A text on one line, in quotes, for messages. */
  static String quoted(String raw) {
    return '"' + text(raw).replace("\n", "\\n") + '"';
  }

  /** JSON in which no character can control a terminal either. */
  static String json(String json) {
    StringBuilder shown = new StringBuilder();
    json.chars()
        .forEach(
            each ->
                shown.append(
                    each >= DELETE && !Character.isSurrogate((char) each) && controls(each)
                        ? String.format(Locale.ROOT, "\\u%04x", each)
                        : String.valueOf((char) each)));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int point) {
    if (point == '\n') {
      shown.append('\n');
    } else if (point == '\t') {
      shown.append("    ");
    } else if (point < ' ') {
      shown.appendCodePoint(CONTROL_PICTURES + point);
    } else if (point == DELETE) {
      shown.appendCodePoint(DELETE_PICTURE);
    } else if (controls(point)) {
      shown.append(String.format(Locale.ROOT, "\\u%04x", point));
    } else {
      shown.appendCodePoint(point);
    }
  }

  /** Second set of controls, lone surrogates, line separators, and marks that reorder a line. */
  private static boolean controls(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Joiners make emoji and belong to words of some scripts.
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      default -> false;
    };
  }

  /** The columns that a code point takes: 0, 1 or 2. */
  static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (point >= range[0] && point <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The columns that a text takes. */
  static int width(String text) {
    return text.codePoints().map(Shown::width).sum();
  }
}
