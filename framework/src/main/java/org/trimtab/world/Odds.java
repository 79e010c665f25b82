package org.trimtab.world;

import java.util.List;

/**
 * The probability of each statement about a fact; they sum to 1.
 *
 * @param truth the probability of the true statement
 * @param mistakes the probability of each mistake, in the fact's order
 */
public record Odds(double truth, List<Double> mistakes) {
  /** Copies the list. */
  public Odds {
    mistakes = List.copyOf(mistakes);
  }

  /** Whether no statement is more frequent than the truth: mc1 of a calibrated model. */
  public boolean truthLeads() {
    return mistakes.stream().allMatch(mistake -> mistake <= truth);
  }
}
