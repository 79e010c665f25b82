package org.trimtab.chat.syntax;

import org.jspecify.annotations.Nullable;

/** The value of a string literal: Python's {@code unicode-escape} over its ASCII form. */
final class StringLiteral {
  private final String source;
  private final int line;
  private final StringBuilder out = new StringBuilder();
  private int position;

  private StringLiteral(String source, int line) {
    this.source = source;
    this.line = line;
  }

  /** Decodes what stands between the quotes. */
  static String decode(String source, int line) {
    return source.indexOf('\\') < 0 ? source : new StringLiteral(escaped(source), line).decode();
  }

  /** Beyond ASCII everything becomes an escape first, which matters after a backslash. */
  private static String escaped(String source) {
    StringBuilder ascii = new StringBuilder();
    source
        .codePoints()
        .forEach(
            point -> {
              if (point < 0x80) {
                ascii.append((char) point);
              } else {
                String format = point < 0x100 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
                ascii.append(String.format(format, point));
              }
            });
    return ascii.toString();
  }

  private String decode() {
    while (position < source.length()) {
      char unit = source.charAt(position++);
      if (unit == '\\') {
        escape(source.charAt(position++));
      } else {
        out.append(unit);
      }
    }
    return out.toString();
  }

  private void escape(char unit) {
    switch (unit) {
      case '\n' -> {}
      case '\\', '\'', '"' -> out.append(unit);
      case 'a' -> out.append('\u0007');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'v' -> out.append('\u000b');
      case 'x' -> hexadecimal(2, "truncated \\xXX escape");
      case 'u' -> hexadecimal(4, "truncated \\uXXXX escape");
      case 'U' -> hexadecimal(8, "truncated \\UXXXXXXXX escape");
      case 'N' -> named();
      default -> {
        if (unit >= '0' && unit <= '7') {
          octal();
        } else {
          out.append('\\').append(unit);
        }
      }
    }
  }

  private void octal() {
    int start = position - 1;
    while (position < source.length()
        && position < start + 3
        && source.charAt(position) >= '0'
        && source.charAt(position) <= '7') {
      position++;
    }
    out.appendCodePoint(Integer.parseInt(source.substring(start, position), 8));
  }

  private void hexadecimal(int digits, String error) {
    @Nullable Long point = null;
    if (position + digits <= source.length()) {
      String text = source.substring(position, position + digits);
      if (text.matches("[0-9a-fA-F]+")) {
        point = Long.parseLong(text, 16);
      }
    }
    if (point == null) {
      throw TemplateFailure.at(line, error);
    }
    if (point > Character.MAX_CODE_POINT) {
      throw TemplateFailure.at(line, "illegal Unicode character");
    }
    out.appendCodePoint(point.intValue());
    position += digits;
  }

  private void named() {
    int end = source.indexOf('}', position);
    if (end < 0 || source.charAt(position) != '{') {
      throw TemplateFailure.at(line, "malformed \\N character escape");
    }
    try {
      out.appendCodePoint(Character.codePointOf(source.substring(position + 1, end)));
    } catch (IllegalArgumentException unknown) {
      throw TemplateFailure.at(line, "unknown Unicode character name");
    }
    position = end + 1;
  }
}
