package org.trimtab.plan;

import org.trimtab.UserException;
import org.trimtab.spec.StringCoded;

/**
 * Lines of a file by their place, from 0: {@code first 95}, or ranges.
 *
 * @param text the canonical text
 */
@StringCoded(
    as = "lines such as first 95, or a range such as 0-49",
    pattern = "first \\d{1,7}|\\d[\\d, -]{0,999}")
public record Lines(String text) {
  private static final String FIRST = "first ";

  /**
   * Reads {@code first 95} or {@code 0-49,60}.
   *
   * @throws UserException for any other text, and for no line
   */
  public static Lines parse(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    if (!plain.matches("first \\d{1,7}|\\d[\\d, -]{0,999}")) {
      throw new UserException("'" + text + "' names no lines: write first 95, or 0-49");
    }
    Lines lines =
        new Lines(
            plain.startsWith(FIRST)
                ? FIRST + Integer.parseInt(plain.substring(FIRST.length()))
                : ItemSet.parse(plain).toString());
    if (lines.items().isEmpty()) {
      throw new UserException("'" + text + "' names no line to learn from");
    }
    return lines;
  }

  /** The places of the lines. */
  public ItemSet items() {
    return text.startsWith(FIRST)
        ? ItemSet.first(Integer.parseInt(text.substring(FIRST.length())))
        : ItemSet.parse(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
