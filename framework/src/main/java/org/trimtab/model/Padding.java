package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * How segments are padded to the longest one, so that all attend in one batch. Legend: S segments,
 * n slots of each, P room of each past, N packed tokens. A slot without a token repeats its
 * segment's first token, and nothing attends to it.
 *
 * @param rows the packed token of each slot, [S * n]
 * @param slots the slot of each packed token, [N]
 */
record Padding(NDArray rows, NDArray slots) {
  static Padding of(NDManager manager, List<Segment> segments) {
    int most = most(segments);
    int count = segments.stream().mapToInt(Segment::length).sum();
    long[] rows = new long[segments.size() * most];
    long[] slots = new long[count];
    int start = 0;
    for (int s = 0; s < segments.size(); s++) {
      int length = segments.get(s).length();
      for (int i = 0; i < most; i++) {
        rows[s * most + i] = (long) start + (i < length ? i : 0);
      }
      for (int i = 0; i < length; i++) {
        slots[start + i] = (long) s * most + i;
      }
      start += length;
    }
    return new Padding(manager.create(rows), manager.create(slots));
  }

  /**
   * What each slot may attend to, [S, 1, groups * n, P + n]: the queries of a key-value head's
   * group are consecutive rows with the same mask.
   *
   * @param window as in {@link Segment#mask}
   */
  static NDArray mask(NDManager manager, List<Segment> segments, int groups, int window) {
    int most = most(segments);
    int room = segments.stream().mapToInt(Padding::room).max().orElse(0);
    int width = room + most;
    float[] masks = new float[segments.size() * groups * most * width];
    Arrays.fill(masks, Float.NEGATIVE_INFINITY);
    int to = 0;
    for (Segment segment : segments) {
      if (room(segment) != room) {
        throw new IllegalArgumentException(
            "pasts with room for " + room(segment) + " and " + room + " tokens in one batch");
      }
      int past = segment.pastLength();
      int length = segment.length();
      float[] own = segment.mask(window);
      for (int row = 0; row < groups * most; row++) {
        int i = row % most;
        int from = (i < length ? i : 0) * (past + length);
        System.arraycopy(own, from, masks, to, past);
        System.arraycopy(own, from + past, masks, to + room, length);
        to += width;
      }
    }
    return manager.create(masks, new Shape(segments.size(), 1, (long) groups * most, width));
  }

  private static int most(List<Segment> segments) {
    return segments.stream().mapToInt(Segment::length).max().orElse(0);
  }

  private static int room(Segment segment) {
    return segment.past() == null ? 0 : segment.past().capacity();
  }
}
