package org.trimtab.io;

import java.time.Duration;

/**
 * Pauses that double with every consecutive failure.
 *
 * @param first the pause after the first failure
 * @param longest the limit
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 16;

  /** The pause after a number of consecutive failures, 1 or more. */
  public Duration after(int failures) {
    return atMost(first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
  }

  /** A pause requested by a server, up to the limit. */
  public Duration atMost(Duration asked) {
    return asked.compareTo(longest) < 0 ? asked : longest;
  }
}
