package org.trimtab.evaluate.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * The unmodified residual stream at chosen layers, so that an intervention that begins at layer l
 * starts there. Layers are kept from the highest down (the highest saves most) while they fit.
 */
final class ResidualCache implements AutoCloseable {
  private final NDManager manager;
  private final NavigableSet<Integer> layers = new TreeSet<>();
  private final Map<Key, NDArray> arrays = new HashMap<>();

  private record Key(int batch, int layer) {}

  /**
   * Makes an empty cache.
   *
   * @param wanted layers whose input is worth keeping
   * @param bytesPerLayer memory per layer, over all batches
   * @param budget the largest number of bytes
   */
  ResidualCache(NDManager parent, NavigableSet<Integer> wanted, long bytesPerLayer, long budget) {
    manager = parent.newSubManager();
    long left = budget;
    for (int layer : wanted.descendingSet()) {
      if (layer > 0 && bytesPerLayer <= left) {
        layers.add(layer);
        left -= bytesPerLayer;
      }
    }
  }

  /** The highest layer, at most {@code limit}, whose input is kept for a batch. */
  OptionalInt start(int batch, int limit) {
    return layers.headSet(limit, true).stream()
        .mapToInt(Integer::intValue)
        .filter(layer -> arrays.containsKey(new Key(batch, layer)))
        .max();
  }

  NDArray get(int batch, int layer) {
    NDArray array = arrays.get(new Key(batch, layer));
    if (array == null) {
      throw new IllegalStateException("no residual of batch " + batch + " at layer " + layer);
    }
    return array;
  }

  /** Keeps a copy if the layer is to be kept and the batch is missing. */
  void offer(int batch, int layer, NDArray hidden) {
    if (layers.contains(layer)) {
      arrays.computeIfAbsent(
          new Key(batch, layer),
          key -> {
            NDArray copy = hidden.duplicate();
            copy.attach(manager);
            return copy;
          });
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
