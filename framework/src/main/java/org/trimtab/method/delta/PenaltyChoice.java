package org.trimtab.method.delta;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.trimtab.UserException;
import org.trimtab.method.delta.PenaltyPath.Strength;
import org.trimtab.plan.Shuffle;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.spec.Key;

/**
 * Penalties to choose from. The held-out examples are drawn from those that the cell learns from,
 * never from scored items.
 *
 * @param lambda1 weights of the absolute values
 * @param lambda2 weights of the heads' norms
 * @param validation the share of the examples that is held out for the choice
 */
public record PenaltyChoice(
    @Key(value = "weights of the vector's absolute values to choose from", min = 0)
        List<Double> lambda1,
    @Key(value = "weights of its heads' lengths to choose from", min = 0) List<Double> lambda2,
    @Key(
            value = "share of the examples that is held out to choose by; never what is scored",
            defaultValue = "0.3",
            min = 0.01,
            max = 0.9)
        double validation) {
  /** Copies the lists. */
  public PenaltyChoice {
    lambda1 = List.copyOf(lambda1);
    lambda2 = List.copyOf(lambda2);
  }

  /**
   * The training and the held-out examples.
   *
   * @param learned indices of examples
   * @param held indices of all others
   */
  record Split(List<Integer> learned, List<Integer> held) {}

  /** All combinations, the strongest first. */
  List<Strength> path() {
    TreeSet<Strength> path = new TreeSet<>();
    for (double first : lambda1) {
      for (double second : lambda2) {
        path.add(new Strength(first, second));
      }
    }
    return List.copyOf(path.descendingSet());
  }

  /** Refuses too few examples to hold one out. */
  void check(int examples) {
    if (examples < 2) {
      throw new UserException(
          "'choose' holds examples out to choose by, and the cell learns from "
              + examples
              + "; give it two or more, or give 'lambda1' and 'lambda2' instead");
    }
  }

  /** The held-out examples are drawn by the seed. */
  Split split(int examples, long seed) {
    int held = Math.max(1, Math.min(examples - 1, (int) Math.round(validation * examples)));
    CounterRandom random = CounterRandom.of(seed, "validation");
    List<Integer> drawn =
        Shuffle.of(
            IntStream.range(0, examples).boxed().toList(), random::bits, Shuffle.Keys.SIGNED);
    return new Split(
        drawn.stream().skip(held).sorted().toList(), drawn.stream().limit(held).sorted().toList());
  }
}
