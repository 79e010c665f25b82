package org.trimtab.mutation;

import java.util.List;
import org.trimtab.plan.random.CounterRandom;

/** The choices of one mutation, a function of seed, kind and index. */
final class Draw {
  private final CounterRandom random;
  private long count;

  Draw(long seed, String kind, int index) {
    random = CounterRandom.of(seed, "mutations of " + kind).at(index);
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.below(bound, count++);
  }

  /** One of the values. */
  <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** One of the values. */
  String of(String... values) {
    return of(List.of(values));
  }

  /** True once in {@code times} draws. */
  boolean once(int times) {
    return below(times) == 0;
  }
}
