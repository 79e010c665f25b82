package org.trimtab.plan;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.trimtab.plan.random.CounterRandom;

/**
 * Items in a random order: sorted by a random 64-bit number of each. The order of two items depends
 * on no other item.
 */
public final class Shuffle {
  /** How the random numbers compare; part of the identity of what uses it, so it never changes. */
  public enum Keys {
    SIGNED,
    UNSIGNED
  }

  private Shuffle() {}

  /**
   * The order of some items by numbers of (seed, purpose, item), as unsigned.
   *
   * @param purpose a short text; different purposes have different orders
   */
  public static List<Integer> of(ItemSet items, long seed, String purpose) {
    CounterRandom random = CounterRandom.of(seed, purpose);
    return of(items.ids(), item -> random.at(item).bits(0), Keys.UNSIGNED);
  }

  /**
   * The order of some items.
   *
   * @param items all different
   * @param key the random number of an item; of equal ones the first item comes first
   */
  public static List<Integer> of(List<Integer> items, IntToLongFunction key, Keys keys) {
    record Keyed(int item, long key) {}
    return items.stream()
        .map(item -> new Keyed(item, key.applyAsLong(item)))
        .sorted(
            Comparator.comparing(
                Keyed::key, keys == Keys.SIGNED ? Long::compare : Long::compareUnsigned))
        .map(Keyed::item)
        .toList();
  }
}
