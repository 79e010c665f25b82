package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.ModelConfig.Positions;
import org.trimtab.model.family.Rope;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.Rows;

/**
 * The data of one packed forward pass that is the same in all layers. Made by {@link Decoder#pass}.
 */
public final class Pass implements AutoCloseable {
  /** How a pass processes its segments. */
  enum Kind {
    /** Each segment attends by itself and reads its past. */
    READING,
    /** The same, and new keys and values go into the pasts. */
    WRITING,
    /** All segments attend in one batch, padded to the longest, and read their pasts. */
    PADDED
  }

  private final NDManager manager;
  private final List<Segment> segments;
  private final Kind kind;
  private final Intervention intervention;
  private final Rows rows;
  private final int groups;
  private final @Nullable Padding padding;
  private final @Nullable Step step;
  private final NDArray noKeys;
  private final NDArray noValues;
  private final List<NDArray> fullMasks;
  private final List<NDArray> slidingMasks;
  private final NDArray[] fullRope;
  private final NDArray[] slidingRope;

  Pass(
      NDManager parent,
      ModelConfig config,
      DataType type,
      List<Segment> segments,
      Kind kind,
      Intervention intervention) {
    ContextLimit limit = ContextLimit.of(config, parent.getDevice());
    segments.forEach(segment -> limit.check(segment.length(), segment.pastLength()));
    manager = parent.newSubManager();
    this.segments = List.copyOf(segments);
    this.kind = kind;
    this.intervention = intervention;
    groups = config.attention().heads() / config.attention().keyValueHeads();
    padding = kind == Kind.PADDED ? Padding.of(manager, this.segments) : null;
    step = kind == Kind.WRITING ? Step.of(manager, this.segments) : null;
    // Two arrays, since a kernel call distinguishes its lists by the names of their elements.
    noKeys =
        manager.zeros(new Shape(config.attention().keyValueHeads(), 0, config.headSize()), type);
    noValues = noKeys.duplicate();
    rows = new Rows(lastPrompt(type), this.segments.stream().map(Segment::length).toList());
    Positions positions = config.positions();
    @Nullable Integer window = positions.window();
    boolean slides = window != null && positions.sliding().contains(true);
    fullMasks = masks(Integer.MAX_VALUE, type);
    slidingMasks = window != null && slides ? masks(window, type) : fullMasks;
    fullRope = rope(positions.rope(), type);
    slidingRope = slides ? rope(positions.slidingRope(), type) : fullRope;
  }

  /** The segments in order. */
  List<Segment> segments() {
    return segments;
  }

  /** The number of packed tokens, N. */
  int tokens() {
    return segments.stream().mapToInt(Segment::length).sum();
  }

  /** The token ids of all segments, [N]. */
  NDArray ids(NDManager owner) {
    return owner.create(
        segments.stream().flatMapToInt(s -> Arrays.stream(s.tokens())).asLongStream().toArray());
  }

  boolean writesCaches() {
    return kind == Kind.WRITING;
  }

  public Intervention intervention() {
    return intervention;
  }

  Rows rows() {
    return rows;
  }

  /** How the segments are padded to attend in one batch; null if each attends separately. */
  @Nullable Padding padding() {
    return padding;
  }

  /** The step, if the segments are one of sequences with common caches; otherwise null. */
  @Nullable Step step() {
    return step;
  }

  /** A mask per segment, or one for all if they are padded or a step. */
  List<NDArray> masks(boolean sliding) {
    return sliding ? slidingMasks : fullMasks;
  }

  /** cos and sin, [1, N, rotary size] each. */
  NDArray[] rope(boolean sliding) {
    return sliding ? slidingRope : fullRope;
  }

  List<NDArray> pastKeys(int layer) {
    return past(noKeys, cache -> cache.keys(layer));
  }

  List<NDArray> pastValues(int layer) {
    return past(noValues, cache -> cache.values(layer));
  }

  private List<NDArray> past(NDArray none, Function<KeyValueCache, NDArray> part) {
    List<NDArray> arrays = new ArrayList<>();
    for (Segment segment : segments) {
      KeyValueCache cache = segment.past();
      arrays.add(cache == null ? none : part.apply(cache));
    }
    return arrays;
  }

  private NDArray lastPrompt(DataType type) {
    float[] marks = new float[tokens()];
    int at = 0;
    for (Segment segment : segments) {
      for (boolean last : segment.lastPrompt()) {
        marks[at++] = last ? 1 : 0;
      }
    }
    return inType(manager.create(marks, new Shape(marks.length, 1)), type);
  }

  private List<NDArray> masks(int window, DataType type) {
    if (padding != null) {
      return List.of(inType(Padding.mask(manager, segments, groups, window), type));
    }
    if (step != null) {
      return List.of(inType(step.mask(manager, window), type));
    }
    List<NDArray> masks = new ArrayList<>();
    for (Segment segment : segments) {
      Shape shape = new Shape(segment.length(), segment.pastLength() + segment.length());
      NDArray mask = inType(manager.create(segment.mask(window), shape), type);
      // The queries of a key-value head's group are consecutive rows with the same mask.
      NDArray[] copies = new NDArray[groups];
      Arrays.fill(copies, mask);
      masks.add(NDArrays.concat(new NDList(copies), 0));
    }
    return masks;
  }

  private NDArray[] rope(Rope rope, DataType type) {
    int half = rope.frequencies().length;
    int count = tokens();
    float[] cos = new float[count * 2 * half];
    float[] sin = new float[count * 2 * half];
    int row = 0;
    for (Segment segment : segments) {
      for (int position : segment.positions()) {
        rope.check(position);
        for (int i = 0; i < half; i++) {
          // The angle is an fp32 product, as in transformers; its cosine is taken in fp64.
          double angle = position * rope.frequencies()[i];
          float c = (float) (Math.cos(angle) * rope.attentionFactor());
          float s = (float) (Math.sin(angle) * rope.attentionFactor());
          cos[row * 2 * half + i] = c;
          cos[row * 2 * half + half + i] = c;
          sin[row * 2 * half + i] = s;
          sin[row * 2 * half + half + i] = s;
        }
        row++;
      }
    }
    Shape shape = new Shape(1, count, 2L * half);
    return Stream.of(cos, sin)
        .map(values -> inType(manager.create(values, shape), type))
        .toArray(NDArray[]::new);
  }

  private static NDArray inType(NDArray array, DataType type) {
    return array.toType(type, false);
  }

  @Override
  public void close() {
    manager.close();
  }

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

  /**
   * How segments are padded to the longest one, so that all attend in one batch. Legend: S
   * segments, n slots of each, P room of each past, N packed tokens. A slot without a token repeats
   * its segment's first token, and nothing attends to it.
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
}
