package org.trimtab.track;

import java.time.Duration;

/**
 * How long is waited for a server.
 *
 * @param answer for an answer to one request
 * @param interval between looks at growing journals
 * @param pause after a fault; doubled with each further one, until something succeeds
 * @param longestPause at most
 * @param quiet how long the end of a run, or a sync, goes on without any success
 */
public record Patience(
    Duration answer, Duration interval, Duration pause, Duration longestPause, Duration quiet) {
  /** For runs: nobody waits long for a server that is gone. */
  public static final Patience OF_RUNS =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5));

  /** For {@code ./run sync}, which has nothing else to do: a server may restart meanwhile. */
  public static final Patience OF_SYNC =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(30));

  /** The same without a second try: for a server that was waited for already. */
  Patience atOnce() {
    return new Patience(answer, interval, pause, longestPause, Duration.ZERO);
  }

  /** The pause after that many faults in a row, 1 or more. */
  Duration after(int faults) {
    Duration doubled = pause.multipliedBy(1L << Math.min(faults - 1, 16));
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }
}
