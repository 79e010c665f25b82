package org.trimtab.method.tune;

import java.util.Arrays;

/**
 * Ascending order of values that lie about evenly, in time proportional to their number: by as many
 * buckets of equal width as values, then by insertion. Other values are sorted by comparison.
 */
final class BucketOrder {
  /** With more exchanges a value than these, the values lie too unevenly for buckets. */
  private static final int EXCHANGES = 8;

  private BucketOrder() {}

  /**
   * The indices of the values, those of the smaller ones first; of values that are equal, or the
   * same in all but the last bits, in any order.
   */
  static int[] of(double[] values) {
    int[] order = byBuckets(values);
    return inserted(values, order) ? order : byBits(values);
  }

  private static int[] byBuckets(double[] values) {
    int count = values.length;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      smallest = value < smallest ? value : smallest;
      largest = value > largest ? value : largest;
    }
    double scale = Math.min((count - 1) / (largest - smallest), Double.MAX_VALUE);
    int[] bucket = new int[count];
    int[] next = new int[count + 1];
    for (int i = 0; i < count; i++) {
      bucket[i] = (int) ((values[i] - smallest) * scale);
      next[bucket[i] + 1]++;
    }
    for (int i = 1; i < count; i++) {
      next[i] += next[i - 1];
    }
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[next[bucket[i]]++] = i;
    }
    return order;
  }

  /** Sorts by insertion; false where that takes too long. */
  private static boolean inserted(double[] values, int[] order) {
    int exchanges = EXCHANGES * order.length;
    for (int i = 1; i < order.length && exchanges >= 0; i++) {
      int index = order[i];
      double value = values[index];
      int place = i;
      while (place > 0 && values[order[place - 1]] > value) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = index;
      exchanges -= i - place;
    }
    return exchanges >= 0;
  }

  /** The order by all but the last bits, which hold the index: right where no two are as near. */
  private static int[] byBits(double[] values) {
    int bits = 32 - Integer.numberOfLeadingZeros(values.length);
    long mask = (1L << bits) - 1;
    long[] keys = new long[values.length];
    for (int i = 0; i < keys.length; i++) {
      long raw = Double.doubleToRawLongBits(values[i]);
      long sortable = raw ^ ((raw >> 63) & Long.MAX_VALUE);
      keys[i] = (sortable & ~mask) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) (keys[i] & mask);
    }
    return order;
  }
}
