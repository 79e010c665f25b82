package org.trimtab.world;

import java.util.List;
import java.util.function.Function;

/**
 * The scores of a perfectly calibrated model on the world's facts: its probability of each
 * statement is the statement's frequency in the documents.
 *
 * @param mc1 the share of facts whose truth is likelier than each mistake
 * @param mc2 the mean share of the truth in the probability of all statements
 */
public record CalibratedScores(double mc1, double mc2) {
  /** The scores when no source is named. */
  public static CalibratedScores unnamed(World world, long seed) {
    StatementFrequencies frequencies = new StatementFrequencies(seed);
    return of(world, fact -> Odds.unnamed(frequencies, fact));
  }

  /** The scores when the source is named. */
  public static CalibratedScores named(World world, long seed, Register register) {
    StatementFrequencies frequencies = new StatementFrequencies(seed);
    return of(world, fact -> Odds.of(frequencies, fact, register));
  }

  private static CalibratedScores of(World world, Function<Fact, Odds> told) {
    List<Odds> odds = world.facts().stream().map(told).toList();
    return new CalibratedScores(
        odds.stream().mapToDouble(each -> each.truthLeads() ? 1 : 0).average().orElseThrow(),
        odds.stream().mapToDouble(Odds::truth).average().orElseThrow());
  }
}
