package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.trimtab.track.SyncProgress;

/**
 * Shows the progress of sending results to MLflow: one line that is rewritten in place on a
 * terminal and finally removed, a plain line about every ten seconds on a pipe.
 */
public final class SyncLine implements SyncProgress {
  private static final String CLEAR = "\r\u001b[2K";
  private static final long REDRAW = Duration.ofMillis(100).toNanos();
  private static final long PLAIN = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LongSupplier nanos;
  private long shown;
  private boolean drawn;

  public SyncLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  SyncLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.shown = nanos.getAsLong();
  }

  @Override
  public synchronized void settled(String name, int done, int cells) {
    long now = nanos.getAsLong();
    if (now - shown < (terminal.interactive() ? REDRAW : PLAIN)) {
      return;
    }
    shown = now;
    String text = "sending " + name + " to MLflow: " + done + " of " + cells + " cells";
    terminal.out().print(terminal.interactive() ? CLEAR + text : text + "\n");
    terminal.out().flush();
    drawn = terminal.interactive();
  }

  @Override
  public synchronized void ended() {
    if (drawn) {
      terminal.out().print(CLEAR);
      terminal.out().flush();
      drawn = false;
    }
  }
}
