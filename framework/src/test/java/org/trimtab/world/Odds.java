package org.trimtab.world;

import java.util.List;

/**
 * The probability of each statement about a fact; they sum to 1.
 *
 * @param truth the probability of the true statement
 * @param mistakes the probability of each mistake, in the fact's order
 */
record Odds(double truth, List<Double> mistakes) {
  /** The odds within a register. */
  static Odds of(StatementFrequencies frequencies, Fact fact, Register register) {
    double noise = StatementFrequencies.NOISE;
    return of(frequencies, fact, register == Register.RELIABLE ? 1 - noise : noise);
  }

  /** The odds when no source is named and nothing before the answer reveals the register. */
  static Odds unnamed(StatementFrequencies frequencies, Fact fact) {
    double reliable = StatementFrequencies.RELIABLE;
    double noise = StatementFrequencies.NOISE;
    return of(frequencies, fact, reliable * (1 - noise) + (1 - reliable) * noise);
  }

  private static Odds of(StatementFrequencies frequencies, Fact fact, double truth) {
    return new Odds(
        truth, frequencies.mistakeShares(fact).stream().map(share -> share * (1 - truth)).toList());
  }

  /** Whether no statement is more frequent than the truth: mc1 of a calibrated model. */
  boolean truthLeads() {
    return mistakes.stream().allMatch(mistake -> mistake <= truth);
  }
}
