package org.trimtab.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.trimtab.plan.random.CounterRandom;

/** Draws from one generator, in order; they depend only on its key. */
final class Draws {
  private final CounterRandom random;
  private long counter;

  Draws(CounterRandom random) {
    this.random = random;
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return random.uniform(counter++);
  }

  /** Uniform in 0 .. bound - 1. */
  int below(int bound) {
    return random.below(bound, counter++);
  }

  <T> T one(List<T> items) {
    return items.get(below(items.size()));
  }

  /** Distinct items, in the order drawn. */
  <T> List<T> some(List<T> items, int count) {
    List<T> pool = new ArrayList<>(items);
    for (int i = 0; i < count; i++) {
      Collections.swap(pool, i, i + below(pool.size() - i));
    }
    return pool.subList(0, count);
  }
}
