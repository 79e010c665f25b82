package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.trimtab.io.Numbers;

/**
 * Shows the progress of a fit: in place on a terminal, a plain line about every ten seconds on a
 * pipe, with the time left. A fit of less than a second is not shown.
 */
public final class FitLine {
  private static final long SILENT = Duration.ofSeconds(1).toNanos();
  private static final long REDRAW = Duration.ofMillis(100).toNanos();
  private static final long PLAIN = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LiveLine line;
  private final LongSupplier nanos;
  private long begin;
  private long shown;
  private boolean begun;

  public FitLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  FitLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    line = new LiveLine(terminal);
  }

  /**
   * Shows progress.
   *
   * @param done the number of items that were learned from
   */
  public void step(int done, int total) {
    long now = nanos.getAsLong();
    if (!begun) {
      begun = true;
      begin = now;
      shown = now;
    }
    if (now - begin < SILENT || now - shown < (terminal.interactive() ? REDRAW : PLAIN)) {
      return;
    }
    shown = now;
    StringBuilder text = new StringBuilder("learning from " + total + " items, " + done + " done");
    if (done > 0) {
      Duration left = Duration.ofNanos((now - begin) / done * (total - done));
      text.append(", ").append(Numbers.duration(left)).append(" left");
    }
    line.draw(text.toString());
  }

  /** Removes the line. */
  public void end() {
    line.clear();
  }
}
