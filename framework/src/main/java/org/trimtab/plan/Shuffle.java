package org.trimtab.plan;

import java.util.List;
import org.trimtab.plan.random.CounterRandom;

/**
 * Items in a random order: sorted by random 64-bit numbers keyed by (seed, purpose, item), as
 * unsigned. The order of two items depends on no other item.
 */
public final class Shuffle {
  private Shuffle() {}

  /**
   * The order of some items.
   *
   * @param purpose a short text; different purposes have different orders
   */
  public static List<Integer> of(ItemSet items, long seed, String purpose) {
    CounterRandom random = CounterRandom.of(seed, purpose);
    record Keyed(int item, long key) {}
    return items.ids().stream()
        .map(item -> new Keyed(item, random.at(item).bits(0)))
        .sorted((a, b) -> a.key == b.key ? a.item - b.item : Long.compareUnsigned(a.key, b.key))
        .map(Keyed::item)
        .toList();
  }
}
