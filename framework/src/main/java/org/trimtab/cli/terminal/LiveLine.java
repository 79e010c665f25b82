package org.trimtab.cli.terminal;

/** A line that is rewritten in place on a terminal, and lines that stay. */
final class LiveLine {
  private static final String CLEAR = "\r\u001b[2K";

  private final Terminal terminal;
  private boolean drawn;

  LiveLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Rewrites the line in place, truncated to the terminal's width; on a pipe it stays. */
  void draw(String text) {
    if (!terminal.interactive()) {
      stay(text);
      return;
    }
    int width = terminal.columns() - 1;
    terminal.out().print(CLEAR + text.substring(0, Math.min(width, text.length())));
    terminal.out().flush();
    drawn = true;
  }

  /** Removes the line that is drawn. */
  void clear() {
    if (drawn) {
      terminal.out().print(CLEAR);
      terminal.out().flush();
      drawn = false;
    }
  }

  /** Prints a line that stays, replacing the live one. */
  void stay(String text) {
    terminal.out().print((drawn ? CLEAR : "") + text + "\n");
    terminal.out().flush();
    drawn = false;
  }
}
