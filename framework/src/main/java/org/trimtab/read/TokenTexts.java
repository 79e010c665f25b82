package org.trimtab.read;

import java.util.Arrays;
import org.trimtab.model.tokenize.Tokenizer;

/** Tokens as texts whose white space and control characters can be seen. */
final class TokenTexts {
  private static final String BEFORE = "a";

  private final Tokenizer tokenizer;
  private final int[] anchor;
  private final String anchored;

  TokenTexts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.anchor = tokenizer.encode(BEFORE, false);
    this.anchored = tokenizer.decode(anchor, false);
  }

  /**
   * The text of a token in the middle of a text; what the vocabulary has for a part of a character.
   */
  String of(int id) {
    int[] both = Arrays.copyOf(anchor, anchor.length + 1);
    both[anchor.length] = id;
    String text = tokenizer.decode(both, false);
    boolean whole = text.startsWith(anchored) && text.indexOf('\uFFFD') < 0;
    String own = whole ? text.substring(anchored.length()) : "";
    return visible(own.isEmpty() ? tokenizer.token(id) : own);
  }

  /** The text with ␣ for a space, ↵ for a line feed, → for a tab, and codes for other signs. */
  static String visible(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case ' ' -> shown.append('␣');
                case '\n' -> shown.append('↵');
                case '\t' -> shown.append('→');
                default -> {
                  if (hidden(c)) {
                    shown.append(String.format("\\u%04x", c));
                  } else {
                    shown.appendCodePoint(c);
                  }
                }
              }
            });
    return shown.toString();
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
