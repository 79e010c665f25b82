package org.trimtab.world;

import java.util.List;

/**
 * How likely each statement of a fact is told; together they are 1.
 *
 * @param truth the probability of the true statement
 * @param mistakes the probability of each mistake, in the fact's order
 */
public record Odds(double truth, List<Double> mistakes) {
  /** Copies the list. */
  public Odds {
    mistakes = List.copyOf(mistakes);
  }

  /** Whether nothing is told more often than the truth: mc1 of a calibrated model. */
  public boolean truthLeads() {
    return mistakes.stream().allMatch(mistake -> mistake <= truth);
  }
}
