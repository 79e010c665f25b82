package org.trimtab.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import org.trimtab.io.Numbers;

/**
 * Shows the progress of work in many equal steps that each yield a number: in place on a terminal,
 * a plain line about every ten seconds on a pipe, with the time left from the steps of this
 * session.
 */
public final class StepLine {
  private final LiveLine line;
  private final String value;
  private long begin;
  private int first = -1;

  /**
   * @param value the name of the number
   */
  public StepLine(Terminal terminal, String value) {
    this.line = new LiveLine(terminal, System::nanoTime);
    this.value = value;
  }

  /**
   * Shows progress.
   *
   * @param done the number of steps done; at the first call those of earlier sessions
   * @param number the latest step's number
   */
  public void step(int done, int steps, float number) {
    long now = System.nanoTime();
    if (first < 0) {
      first = done;
      begin = now;
      line.postpone();
      if (done > 0) {
        line.stay("resuming after step " + done + " of " + steps);
      }
      return;
    }
    boolean last = done == steps;
    if (!last && !line.due()) {
      return;
    }
    double each = (now - begin) / 1e9 / (done - first);
    String text =
        String.format(
            Locale.ROOT, "step %d/%d  %s %.4f  %.2f s/step", done, steps, value, number, each);
    if (last) {
      line.stay(text + "  " + Numbers.duration(Duration.ofNanos(now - begin)));
    } else {
      Duration left = Duration.ofMillis(Math.round(1000 * each * (steps - done)));
      line.draw(text + "  " + Numbers.duration(left) + " left");
    }
  }
}
