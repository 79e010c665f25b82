package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A line that is rewritten in place on a terminal, and lines that stay. */
final class LiveLine {
  private static final String CLEAR = "\r\u001b[2K";
  private static final long REDRAW = Duration.ofMillis(100).toNanos();
  private static final long PLAIN = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LongSupplier nanos;
  private long shown;
  private boolean drawn;

  /**
   * A line that is not drawn yet.
   *
   * @param nanos the clock
   */
  LiveLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    postpone();
  }

  /** Waits before the next drawing as if this were one: what ends soon is not shown. */
  void postpone() {
    shown = nanos.getAsLong();
  }

  /** Whether to draw now: ten times per second on a terminal, every ten seconds on a pipe. */
  boolean due() {
    long now = nanos.getAsLong();
    if (now - shown < (terminal.interactive() ? REDRAW : PLAIN)) {
      return false;
    }
    shown = now;
    return true;
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
