package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Numbers;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Progress;
import org.trimtab.run.RunOutcome;

/**
 * Shows the progress of a run: one line that is rewritten in place on a terminal, a plain line
 * about every ten seconds on a pipe, and a line that stays at each cell's end. The time left is
 * estimated from the tokens still to score and the tokens scored per second so far, including fits.
 */
public final class ProgressLine implements Progress {
  private final Terminal terminal;
  private final LiveLine line;
  private final LongSupplier nanos;

  private final Map<Integer, Long> pending = new HashMap<>();
  private int cells;
  private int ended;
  private long begin;
  private long scored;
  private long scoredOfCell;
  private @Nullable Cell current;

  public ProgressLine(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  ProgressLine(Terminal terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.line = new LiveLine(terminal, nanos);
    this.nanos = nanos;
  }

  @Override
  public synchronized void runStarted(int reused, Map<Integer, Long> tokens) {
    pending.putAll(tokens);
    cells = tokens.size();
    begin = nanos.getAsLong();
    line.postpone();
    StringBuilder text = new StringBuilder(plural(cells, "cell")).append(" to run");
    if (reused > 0) {
      text.append(", ").append(reused).append(" known from earlier runs");
    }
    line.stay(
        text.append(", ").append(Numbers.count(left())).append(" tokens to score").toString());
  }

  @Override
  public synchronized void cellStarted(Cell cell) {
    current = cell;
    scoredOfCell = 0;
    if (terminal.interactive()) {
      line.draw(status("fitting"));
    }
  }

  @Override
  public synchronized void fitting(Cell cell, int done, int total) {
    show("learning from " + total + " items, " + done + " done");
  }

  @Override
  public synchronized void batchScored(
      Cell cell, String evaluation, int batch, int batches, long tokens) {
    scored += tokens;
    scoredOfCell += tokens;
    show(evaluation + " " + batch + "/" + batches);
  }

  private void show(String what) {
    if (line.due()) {
      line.draw(status(what));
    }
  }

  @Override
  public synchronized void cellEnded(
      Cell cell, CellEnd end, Map<String, Double> metrics, Duration session) {
    ended++;
    pending.remove(cell.index());
    scoredOfCell = 0;
    current = null;
    StringBuilder text = new StringBuilder(word(end.status())).append("  ").append(cell.label());
    metrics.forEach(
        (name, value) -> text.append("  ").append(name).append(' ').append(Numbers.value(value)));
    if (end.reason() != null) {
      text.append(": ").append(end.reason());
    }
    line.stay(text.append("  (").append(Numbers.duration(session)).append(')').toString());
  }

  @Override
  public synchronized void message(String text) {
    line.stay(text);
  }

  @Override
  public synchronized void runEnded(RunOutcome outcome) {
    long done = outcome.count(CellStatus.DONE);
    StringBuilder text = new StringBuilder();
    text.append(done).append(" of ").append(plural(outcome.cells().size(), "cell")).append(" done");
    append(text, outcome.count(CellStatus.DIVERGED), "diverged");
    append(text, outcome.count(CellStatus.FAILED), "failed");
    text.append(", ").append(Numbers.duration(elapsed()));
    line.stay(text.toString());
    if (outcome.interrupted()) {
      line.stay(
          "Interrupted. Everything scored so far is kept: the same command resumes from here.");
    } else if (outcome.count(CellStatus.FAILED) > 0) {
      line.stay("The same command tries failed cells again; cells/<id>/cell.log has their traces.");
    }
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }

  private String word(CellStatus status) {
    return switch (status) {
      case DONE -> terminal.green("done");
      case DIVERGED -> terminal.yellow("diverged");
      default -> terminal.red(status.word());
    };
  }

  private String status(String what) {
    Duration elapsed = elapsed();
    double seconds = Math.max(1e-9, elapsed.toNanos() / 1e9);
    double rate = scored / seconds;
    StringBuilder text = new StringBuilder();
    text.append(ended).append('/').append(cells).append(" cells  ");
    text.append(current == null ? "" : current.label() + "  ").append(what);
    if (scored > 0) {
      text.append(String.format(Locale.ROOT, "  %,.0f tokens/s", rate));
    }
    text.append("  ").append(Numbers.duration(elapsed));
    if (scored > 0) {
      Duration left = Duration.ofMillis(Math.round(1000 * left() / rate));
      text.append(", ").append(Numbers.duration(left)).append(" left");
    }
    return text.toString();
  }

  private long left() {
    return pending.values().stream().mapToLong(Long::longValue).sum() - scoredOfCell;
  }

  private Duration elapsed() {
    return Duration.ofNanos(begin == 0 ? 0 : nanos.getAsLong() - begin);
  }

  private static String plural(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
