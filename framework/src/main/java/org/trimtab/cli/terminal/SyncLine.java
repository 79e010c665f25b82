package org.trimtab.cli.terminal;

import java.util.function.LongSupplier;
import org.trimtab.track.SyncProgress;

/**
 * Shows the progress of sending results to MLflow: one line that is rewritten in place on a
 * terminal and finally removed, a plain line about every ten seconds on a pipe.
 */
public final class SyncLine implements SyncProgress {
  private final LiveLine line;

  public SyncLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  SyncLine(Terminal terminal, LongSupplier nanos) {
    line = new LiveLine(terminal, nanos);
  }

  @Override
  public synchronized void settled(String name, int done, int cells) {
    if (line.due()) {
      line.draw("sending " + name + " to MLflow: " + done + " of " + cells + " cells");
    }
  }

  @Override
  public synchronized void ended() {
    line.clear();
  }
}
