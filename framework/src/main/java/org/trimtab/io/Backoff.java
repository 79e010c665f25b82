package org.trimtab.io;

import java.time.Duration;

/**
 * Pauses that double with every failure in a row.
 *
 * @param first after the first failure
 * @param longest at most
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 16;

  /** The pause after that many failures in a row, 1 or more. */
  public Duration after(int failures) {
    return atMost(first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
  }

  /** A pause that a server asks for, as far as it is kept to. */
  public Duration atMost(Duration asked) {
    return asked.compareTo(longest) < 0 ? asked : longest;
  }
}
