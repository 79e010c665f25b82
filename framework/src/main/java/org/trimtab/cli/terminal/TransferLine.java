package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.trimtab.data.source.Progress;
import org.trimtab.io.Numbers;

/**
 * Shows downloads and long hashes: a line that is rewritten in place on a terminal, a plain line
 * about every ten seconds on a pipe. Steps that take less than half a second are not shown.
 */
public final class TransferLine implements Progress {
  private static final long SILENT = Duration.ofMillis(500).toNanos();
  private static final long REDRAW = Duration.ofMillis(100).toNanos();
  private static final long PLAIN = Duration.ofSeconds(10).toNanos();

  private final Terminal terminal;
  private final LiveLine line;
  private final LongSupplier nanos;
  private String current = "";
  private long begin;
  private long firstBytes;
  private long shown;
  private boolean told;

  public TransferLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  TransferLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.line = new LiveLine(terminal, nanos);
    this.nanos = nanos;
  }

  @Override
  public synchronized void advance(String what, long bytes, OptionalLong total) {
    long now = nanos.getAsLong();
    if (!what.equals(current)) {
      current = what;
      begin = now;
      firstBytes = bytes;
      told = false;
      shown = now - PLAIN + SILENT;
    }
    boolean done = total.isPresent() && bytes >= total.getAsLong();
    boolean due = now - begin >= SILENT && now - shown >= (terminal.interactive() ? REDRAW : PLAIN);
    if (done ? told : due) {
      shown = now;
      told = true;
      show(text(bytes, total, now), done);
    }
    if (done) {
      current = "";
    }
  }

  @Override
  public synchronized void note(String message) {
    show(message, true);
  }

  private String text(long bytes, OptionalLong total, long now) {
    double seconds = Math.max(1e-3, (now - begin) / 1e9);
    double rate = (bytes - firstBytes) / seconds;
    StringBuilder text = new StringBuilder(current).append("  ").append(megabytes(bytes));
    if (total.isPresent()) {
      long all = total.getAsLong();
      text.append(" of ").append(megabytes(all)).append(" MB");
      text.append(String.format(Locale.ROOT, " (%d %%)", all == 0 ? 100 : 100 * bytes / all));
    } else {
      text.append(" MB");
    }
    text.append("  ").append(megabytes(Math.round(rate))).append(" MB/s");
    if (total.isPresent() && rate > 0 && bytes < total.getAsLong()) {
      Duration left = Duration.ofMillis(Math.round(1000 * (total.getAsLong() - bytes) / rate));
      text.append("  ").append(Numbers.duration(left)).append(" left");
    }
    return text.toString();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes / 1e6);
  }

  private void show(String text, boolean stays) {
    if (stays) {
      line.stay(text);
    } else {
      line.draw(text);
    }
  }
}
