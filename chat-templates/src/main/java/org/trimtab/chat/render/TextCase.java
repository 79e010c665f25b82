package org.trimtab.chat.render;

import java.util.Locale;

/** Python's changes of case. */
final class TextCase {
  private TextCase() {}

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /** The first character in title case, the others in lower case. */
  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return titled(text.substring(0, first))
        + lower(text).substring(lower(text.substring(0, first)).length());
  }

  /** The first letter of every run of letters in title case, the others in lower case. */
  static String title(String text) {
    StringBuilder out = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      String letter = text.substring(i, text.offsetByCodePoints(i, 1));
      out.append(inWord ? lower(letter) : titled(letter));
      inWord = isCased(letter.codePointAt(0));
    }
    return out.toString();
  }

  static String swap(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              String letter = Character.toString(point);
              out.append(Character.isUpperCase(point) ? lower(letter) : upper(letter));
            });
    return out.toString();
  }

  static boolean isCased(int point) {
    return Character.isUpperCase(point)
        || Character.isLowerCase(point)
        || Character.isTitleCase(point);
  }

  private static String titled(String letter) {
    int point = letter.codePointAt(0);
    int title = Character.toTitleCase(point);
    String upper = upper(letter);
    // Only letters without a title case of one character, such as the German sharp s, differ.
    return title == point && !upper.equals(letter)
        ? capitalizeExpansion(upper)
        : Character.toString(title);
  }

  private static String capitalizeExpansion(String upper) {
    int first = upper.offsetByCodePoints(0, 1);
    return upper.substring(0, first) + lower(upper.substring(first));
  }
}
