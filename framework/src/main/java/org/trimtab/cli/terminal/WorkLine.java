package org.trimtab.cli.terminal;

import java.time.Duration;
import org.trimtab.io.Numbers;

/**
 * Shows the progress of work in parts of equal steps: in place on a terminal, a plain line about
 * every ten seconds on a pipe, with the time left of the present part. Steps are counted from the
 * first one that is reported.
 */
public final class WorkLine {
  private final LiveLine line;
  private String part = "";
  private int first;
  private long begin;

  public WorkLine(Terminal terminal) {
    line = new LiveLine(terminal, System::nanoTime);
  }

  /**
   * A step of a part is done.
   *
   * @param what the part, which begins with its first step
   */
  public void step(String what, int done, int total) {
    long now = System.nanoTime();
    if (!what.equals(part)) {
      part = what;
      first = done;
      begin = now;
      line.postpone();
    } else if (done == total) {
      line.clear();
    } else if (line.due()) {
      double each = (now - begin) / 1e6 / Math.max(1, done - first);
      Duration left = Duration.ofMillis(Math.round(each * (total - done)));
      String passed = Numbers.duration(Duration.ofNanos(now - begin));
      line.draw(
          "%s: %s/%s  %s, %s left".formatted(what, done, total, passed, Numbers.duration(left)));
    }
  }

  /** Removes the line. */
  public void end() {
    line.clear();
  }
}
