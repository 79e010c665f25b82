package org.trimtab.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.world.Fact.FactAnswer;

/**
 * The frequency of each statement about a fact, a pure function of the seed, the fact's id and the
 * register. A reliable source states the truth and a mistaken one a mistake, each with probability
 * 1 - {@link #NOISE}, otherwise what the other would state.
 *
 * <p>About half of the facts are settled: one mistake has 80 to 90 % of the mistaken answers, so
 * that it beats the truth when no source is named. For the others the three mistakes are nearly
 * equally frequent, and the truth is the likeliest single statement.
 */
public final class StatementFrequencies {
  /** The probability that a document is from a reliable source. */
  public static final double RELIABLE = 0.42;

  /** The probability that an answer comes from the other register. */
  public static final double NOISE = 0.02;

  /** The probability that a fact is settled. */
  public static final double SETTLED = 0.5;

  private static final double LEAST_LEAD = 0.8;
  private static final double MOST_LEAD = 0.9;

  /** The shares of a fact that is not settled deviate from 1/3 by at most this. */
  private static final double SPREAD = 0.03;

  private final long seed;

  /**
   * @param seed that of the {@link Corpus}
   */
  public StatementFrequencies(long seed) {
    this.seed = seed;
  }

  /** Whether one mistake about the fact is more frequent than the truth. */
  public boolean settled(Fact fact) {
    return draws(fact).uniform() < SETTLED;
  }

  /** The share of each mistake among the mistaken answers, in the fact's order; they sum to 1. */
  public List<Double> mistakeShares(Fact fact) {
    Draws draws = draws(fact);
    boolean settled = draws.uniform() < SETTLED;
    int first = draws.below(Fact.MISTAKES);
    double strength = draws.uniform();
    List<Double> shares = new ArrayList<>();
    if (settled) {
      double lead = LEAST_LEAD + (MOST_LEAD - LEAST_LEAD) * strength;
      shares.addAll(Collections.nCopies(Fact.MISTAKES, (1 - lead) / (Fact.MISTAKES - 1)));
      shares.set(first, lead);
    } else {
      double third = 1.0 / Fact.MISTAKES;
      double more = SPREAD * strength;
      shares.addAll(Collections.nCopies(Fact.MISTAKES, third));
      shares.set(first, third + more);
      shares.set((first + 1) % Fact.MISTAKES, third - more);
    }
    return List.copyOf(shares);
  }

  /** The answer that a source gives to the fact's question. */
  FactAnswer answer(Fact fact, Register register, Draws draws) {
    Register stated = draws.uniform() < NOISE ? register.other() : register;
    double draw = draws.uniform();
    if (stated == Register.RELIABLE) {
      return fact.truth();
    }
    List<Double> shares = mistakeShares(fact);
    int last = shares.size() - 1;
    for (int i = 0; i < last; i++) {
      draw -= shares.get(i);
      if (draw < 0) {
        return fact.mistakes().get(i);
      }
    }
    return fact.mistakes().get(last);
  }

  private Draws draws(Fact fact) {
    return new Draws(CounterRandom.of(seed, "world mistakes of " + fact.id()));
  }
}
