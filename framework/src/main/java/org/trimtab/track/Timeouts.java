package org.trimtab.track;

import java.time.Duration;
import org.trimtab.io.Backoff;

/**
 * Time limits for a server.
 *
 * @param answer deadline of one request
 * @param interval between reads of growing journals
 * @param pause after a fault; doubled with each further one, until something succeeds
 * @param longestPause the limit of the pause
 * @param quiet how long the end of a run, or a sync, continues without any success
 */
public record Timeouts(
    Duration answer, Duration interval, Duration pause, Duration longestPause, Duration quiet) {
  /** For runs, which do not wait long for a server that is gone. */
  public static final Timeouts OF_RUNS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  /** For {@code ./run sync}, which can wait for a server to restart. */
  public static final Timeouts OF_SYNC =
      new Timeouts(
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(30));

  /** The same without a retry: for a server that has already failed. */
  Timeouts atOnce() {
    return new Timeouts(answer, interval, pause, longestPause, Duration.ZERO);
  }

  /** The pause after a number of consecutive faults, 1 or more. */
  Duration after(int faults) {
    return new Backoff(pause, longestPause).after(faults);
  }
}
