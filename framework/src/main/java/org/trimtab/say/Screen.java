package org.trimtab.say;

import java.io.PrintStream;

/**
 * Where replies are shown.
 *
 * @param out for text
 * @param live whether a line can be rewritten in place
 * @param colours whether colours may be used
 * @param columns its width, in characters
 */
public record Screen(PrintStream out, boolean live, boolean colours, int columns) {
  /** The narrowest terminal on which replies stand side by side. */
  private static final int NARROWEST = 80;

  /** Whether replies stand side by side. */
  boolean wide() {
    return live && columns >= NARROWEST;
  }

  void print(String text) {
    out.print(text);
    out.flush();
  }

  void line(String text) {
    print(text + "\n");
  }

  String bold(String text) {
    return styled("1", text);
  }

  String faint(String text) {
    return styled("2", text);
  }

  /** The token in which replies begin to differ; a pipe gets the text as it is. */
  String marked(String text) {
    return mark() + styled("7", text);
  }

  /** What stands before that token where colours may not be used. */
  String mark() {
    return live && !colours ? "\u00bb" : "";
  }

  /** The same for text that has its mark. */
  String inverse(String text) {
    return styled("7", text);
  }

  private String styled(String code, String text) {
    return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
