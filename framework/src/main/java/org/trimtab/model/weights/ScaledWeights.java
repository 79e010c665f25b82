package org.trimtab.model.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * Weights of which some are stored as integers or 8-bit floats with scales in tensors beside them:
 * {@code X.weight} with {@code X.weight_scale} (compressed-tensors, fbgemm), {@code
 * X.weight_scale_inv} (fine-grained fp8) or {@code X.SCB} (bitsandbytes, which stores 127 times the
 * scale). They are read as value times scale. Activations are not quantised.
 */
public final class ScaledWeights implements WeightFile {
  private static final String WEIGHT = "weight";
  private static final String ZERO_POINT = "weight_zero_point";
  private static final Map<String, Float> SCALES =
      Map.of("weight_scale", 1f, "weight_scale_inv", 1f, "SCB", 1 / 127f);

  /** Further tensors of a quantised layer, which concern activations or repeat its layout. */
  private static final List<String> UNUSED =
      List.of("input_scale", "input_scale_ub", "activation_scale", "weight_format");

  /** Values compared at a time. */
  private static final int CHUNK = 1 << 20;

  private final MappedWeights file;
  private final long blockRows;
  private final long blockColumns;
  private final Map<String, Scales> scales = new ConcurrentHashMap<>();

  /**
   * Scales of a matrix, [r, c]: entry (i, j) belongs to a block of rows and columns.
   *
   * @param zeroPoints subtracted from the values of a block; null for none
   */
  private record Scales(
      float[] values, float @Nullable [] zeroPoints, long width, long rows, long columns, long c) {
    void apply(long first, FloatBuffer target, int from) {
      for (int i = from; i < target.limit(); i++) {
        long index = first + i - from;
        int block = (int) (index / width / rows * c + index % width / columns);
        float zero = zeroPoints == null ? 0 : zeroPoints[block];
        target.put(i, (target.get(i) - zero) * values[block]);
      }
    }
  }

  /**
   * Binds weights to their scales.
   *
   * @param blockRows rows of a block, where scales belong to blocks
   * @param blockColumns columns of a block
   */
  public ScaledWeights(MappedWeights file, long blockRows, long blockColumns) {
    this.file = file;
    this.blockRows = blockRows;
    this.blockColumns = blockColumns;
  }

  @Override
  public List<Path> files() {
    return file.files();
  }

  /** All tensors but those that belong to quantised weights. */
  @Override
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>(file.names());
    for (String name : file.names()) {
      if (name.endsWith("." + WEIGHT) && !file.type(name).selfContained()) {
        companions(name).forEach(names::remove);
      }
    }
    return names;
  }

  private static List<String> companions(String weight) {
    List<String> names = new ArrayList<>(UNUSED);
    names.addAll(SCALES.keySet());
    names.add(ZERO_POINT);
    return names.stream().map(each -> beside(weight, each)).toList();
  }

  private static String beside(String weight, String companion) {
    return weight.substring(0, weight.length() - WEIGHT.length()) + companion;
  }

  /** The file that holds a tensor. */
  public Path file(String name) {
    return file.file(name);
  }

  @Override
  public TensorInfo info(String name) {
    return file.info(name);
  }

  /**
   * Refuses a tensor whose stored values are no numbers by themselves and have no scales, or none
   * of a known shape.
   */
  public void check(String name) {
    if (!file.type(name).selfContained()) {
      scales(name);
    }
  }

  @Override
  public void read(String name, long first, FloatBuffer target) {
    int from = target.position();
    if (file.type(name).selfContained()) {
      file.read(name, first, target);
      return;
    }
    Scales own = scales(name);
    file.read(name, first, target);
    own.apply(first, target, from);
  }

  /** Whether two tensors hold the same values. */
  public boolean equal(String name, String other) {
    long count = info(name).count();
    if (!info(name).shape().equals(info(other).shape())) {
      return false;
    }
    for (long at = 0; at < count; at += CHUNK) {
      FloatBuffer one = FloatBuffer.allocate((int) Math.min(CHUNK, count - at));
      FloatBuffer two = FloatBuffer.allocate(one.capacity());
      read(name, at, one);
      read(other, at, two);
      if (!one.flip().equals(two.flip())) {
        return false;
      }
    }
    return true;
  }

  private Scales scales(String name) {
    return scales.computeIfAbsent(name, this::readScales);
  }

  private Scales readScales(String name) {
    for (Map.Entry<String, Float> kind : SCALES.entrySet()) {
      String scale = name.endsWith("." + WEIGHT) ? beside(name, kind.getKey()) : "";
      if (file.names().contains(scale)) {
        return scales(name, scale, kind.getValue());
      }
    }
    throw new UserException(
        ("%s: tensor '%s' has type %s, whose values mean nothing without scales, and there is no"
                + " '%s' (or weight_scale_inv, SCB)")
            .formatted(
                file.files().get(0),
                name,
                info(name).type(),
                name.endsWith("." + WEIGHT) ? beside(name, "weight_scale") : name + "_scale"));
  }

  private Scales scales(String name, String scale, float factor) {
    List<Long> shape = info(name).shape();
    List<Long> grid = info(scale).shape();
    long r = grid.isEmpty() ? 1 : grid.get(0);
    long c = grid.size() < 2 ? 1 : grid.get(1);
    long height = shape.isEmpty() ? 1 : shape.get(0);
    long width = shape.size() < 2 ? 1 : shape.get(1);
    long rows = r == 1 ? height : r == height ? 1 : blockRows;
    long columns = c == 1 ? width : r == height && width % c == 0 ? width / c : blockColumns;
    boolean fits =
        shape.size() == 2
            && grid.size() <= 2
            && r == (height + rows - 1) / rows
            && c == (width + columns - 1) / columns;
    if (!fits) {
      throw new UserException(
          "%s: scales '%s' of shape %s do not fit tensor '%s' of shape %s"
              .formatted(file.files().get(0), scale, grid, name, shape));
    }
    float[] values = file.floats(scale);
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
      if (!Float.isFinite(values[i])) {
        throw new UserException(
            "%s: value %d of scales '%s' is not finite".formatted(file.files().get(0), i, scale));
      }
    }
    String zero = beside(name, ZERO_POINT);
    boolean shifted = file.names().contains(zero);
    if (shifted && info(zero).count() != values.length) {
      throw new UserException(
          "%s: '%s' of shape %s does not fit scales of shape %s"
              .formatted(file.files().get(0), zero, info(zero).shape(), grid));
    }
    return new Scales(values, shifted ? file.floats(zero) : null, width, rows, columns, c);
  }

  @Override
  public void close() {
    file.close();
  }
}
