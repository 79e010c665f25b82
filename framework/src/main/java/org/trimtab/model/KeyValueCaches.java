package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.model.family.ModelConfig;

/**
 * Caches of several sequences with the same capacity, in one tensor per layer: a pass with one
 * token of each attends to all of them at once.
 */
public final class KeyValueCaches implements AutoCloseable {
  private final NDManager manager;
  private final List<NDArray> keys = new ArrayList<>();
  private final List<NDArray> values = new ArrayList<>();
  private final List<KeyValueCache> caches = new ArrayList<>();

  KeyValueCaches(NDManager parent, ModelConfig config, DataType type, int count, int capacity) {
    manager = parent.newSubManager();
    int heads = config.attention().keyValueHeads();
    Shape shape = new Shape(count, heads, capacity, config.headSize());
    for (int layer = 0; layer < config.layers(); layer++) {
      keys.add(manager.zeros(shape, type));
      values.add(manager.zeros(shape, type));
    }
    for (int row = 0; row < count; row++) {
      caches.add(new KeyValueCache(this, row, capacity));
    }
  }

  /** The cache of one sequence; it is freed with the others. */
  public KeyValueCache get(int row) {
    return caches.get(row);
  }

  /** Room for keys of each layer, [count, Hkv, capacity, d]. */
  List<NDArray> keys() {
    return keys;
  }

  /** Room for values of each layer, [count, Hkv, capacity, d]. */
  List<NDArray> values() {
    return values;
  }

  @Override
  public void close() {
    manager.close();
  }
}
