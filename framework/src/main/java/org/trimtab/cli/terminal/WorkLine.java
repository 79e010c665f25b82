package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.trimtab.io.Numbers;

/**
 * Shows the progress of work in parts of equal steps: in place on a terminal, a plain line about
 * every ten seconds on a pipe, with the time left of the present part.
 */
public final class WorkLine {
  private static final long REDRAW = Duration.ofMillis(100).toNanos();
  private static final long PLAIN = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LiveLine line;
  private final LongSupplier nanos;
  private String part = "";
  private int first;
  private long begin;
  private long shown;

  public WorkLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  WorkLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.line = new LiveLine(terminal);
    this.nanos = nanos;
  }

  /**
   * A step of a part is done.
   *
   * @param what the part, which begins with its first step
   */
  public void step(String what, int done, int total) {
    long now = nanos.getAsLong();
    if (!what.equals(part)) {
      part = what;
      first = done;
      begin = now;
      shown = now;
      return;
    }
    if (done == total && terminal.interactive()) {
      line.draw("");
      return;
    }
    if (now - shown < (terminal.interactive() ? REDRAW : PLAIN)) {
      return;
    }
    shown = now;
    double each = (now - begin) / 1e6 / Math.max(1, done - first);
    Duration left = Duration.ofMillis(Math.round(each * (total - done)));
    line.draw(
        "%s: %d/%d  %s, %s left"
            .formatted(
                what,
                done,
                total,
                Numbers.duration(Duration.ofNanos(now - begin)),
                Numbers.duration(left)));
  }
}
