package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;

/**
 * Keys and values of one sequence in all layers, with room for a fixed number of tokens. Filled by
 * {@link Decoder} passes; a full cache can be shared by many segments that only read it.
 */
public final class KeyValueCache implements AutoCloseable {
  private final KeyValueCaches all;
  private final int row;
  private final List<NDArray> keys;
  private final List<NDArray> values;
  private final int capacity;
  private int length;

  /** One of several caches. */
  KeyValueCache(KeyValueCaches all, int row, int capacity) {
    this.all = all;
    this.row = row;
    this.capacity = capacity;
    keys = all.keys().stream().map(layer -> layer.get(row)).toList();
    values = all.values().stream().map(layer -> layer.get(row)).toList();
  }

  /** The group of caches to which this one belongs. */
  KeyValueCaches all() {
    return all;
  }

  /** Its index in the group. */
  int row() {
    return row;
  }

  /** The number of tokens held. */
  public int length() {
    return length;
  }

  /** The largest number of tokens. */
  public int capacity() {
    return capacity;
  }

  /** Room for keys of a layer, [Hkv, capacity, d]. */
  NDArray keys(int layer) {
    return keys.get(layer);
  }

  /** Room for values of a layer, [Hkv, capacity, d]. */
  NDArray values(int layer) {
    return values.get(layer);
  }

  /** Records that a pass through all layers wrote more tokens. */
  void advance(int tokens) {
    if (length + tokens > capacity) {
      throw new IllegalStateException(
          "a cache for " + capacity + " tokens cannot hold " + (length + tokens));
    }
    length += tokens;
  }

  /** Copies a layer's keys and values from another cache of the same capacity. */
  public void copyLayer(int layer, KeyValueCache source) {
    source.keys(layer).copyTo(keys(layer));
    source.values(layer).copyTo(values(layer));
  }

  /**
   * Begins with the first tokens of another cache, whose room may be another.
   *
   * @param tokens their number, which fits into this cache
   */
  void copyStart(KeyValueCache source, int tokens) {
    if (tokens > 0) {
      NDIndex start = new NDIndex(":, :{}", tokens);
      for (int layer = 0; layer < keys.size(); layer++) {
        copy(source.keys(layer), keys(layer), start);
        copy(source.values(layer), values(layer), start);
      }
    }
    length = tokens;
  }

  private static void copy(NDArray from, NDArray to, NDIndex part) {
    try (NDArray some = from.get(part)) {
      to.set(part, some);
    }
  }

  /** Removes all tokens, keeping the memory. */
  void clear() {
    length = 0;
  }

  /** Frees it together with its group. */
  @Override
  public void close() {
    all.close();
  }
}
