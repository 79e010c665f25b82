package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One token each of sequences whose caches stand together, as generation has them: all attend at
 * once. Legend: N sequences, W tokens of the longest with the new one.
 *
 * @param caches where their pasts are
 * @param rows the place of each sequence among them, [N]
 * @param positions the position of each new token, [N]
 * @param pasts the same as numbers
 */
record Step(KeyValueCaches caches, NDArray rows, NDArray positions, List<Integer> pasts) {
  /** The step of some segments; null where they are none. */
  static @Nullable Step of(NDManager manager, List<Segment> segments) {
    List<KeyValueCache> caches = new ArrayList<>();
    for (Segment segment : segments) {
      KeyValueCache past = segment.past();
      if (segment.length() != 1
          || past == null
          || (!caches.isEmpty() && past.all() != caches.get(0).all())) {
        return null;
      }
      caches.add(past);
    }
    List<Integer> pasts = caches.stream().map(KeyValueCache::length).toList();
    return new Step(
        caches.get(0).all(),
        manager.create(caches.stream().mapToLong(KeyValueCache::row).toArray()),
        manager.create(pasts.stream().mapToLong(i -> i).toArray()),
        pasts);
  }

  /**
   * What each token may attend to, [N, 1, 1, W]: 0 where visible and minus infinity elsewhere.
   *
   * @param window as in {@link Segment#mask}
   */
  NDArray mask(NDManager manager, int window) {
    int width = 1 + pasts.stream().mapToInt(i -> i).max().orElse(0);
    float[] mask = new float[pasts.size() * width];
    Arrays.fill(mask, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < pasts.size(); i++) {
      int past = pasts.get(i);
      int oldest = window == Integer.MAX_VALUE ? 0 : Math.max(0, past - window + 1);
      Arrays.fill(mask, i * width + oldest, i * width + past + 1, 0);
    }
    return manager.create(mask, new Shape(pasts.size(), 1, 1, width));
  }
}
