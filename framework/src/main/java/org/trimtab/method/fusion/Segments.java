package org.trimtab.method.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.UserException;
import org.trimtab.spec.LayerRange;
import org.trimtab.spec.ModelRelative;
import org.trimtab.spec.StringCoded;

/**
 * Ranges of layers with one strength each; other layers are not changed.
 *
 * @param text the canonical text: {@code full}, {@code thirds}, or ranges such as {@code 0-9 /
 *     10-19 / 20-29}
 */
@StringCoded(
    as = "segments of layers: full, thirds, or ranges such as 0-8 / 9-17 / 18-25",
    pattern = "full|thirds|[^/]{1,20}( ?/ ?[^/]{1,20}){0,31}")
public record Segments(String text) implements ModelRelative<Segments> {
  private static final String FULL = "full";
  private static final String THIRDS = "thirds";
  private static final int PARTS = 3;

  /**
   * Reads segments.
   *
   * @throws UserException for a text of no known form
   */
  public static Segments parse(String text) {
    String plain = text.strip();
    if (plain.equals(FULL) || plain.equals(THIRDS)) {
      return new Segments(plain);
    }
    return of(Arrays.stream(plain.split("/", -1)).map(LayerRange::parse).toList());
  }

  private static Segments of(List<LayerRange> ranges) {
    return new Segments(
        ranges.stream().map(LayerRange::toString).collect(Collectors.joining(" / ")));
  }

  /** Segments as ranges of layer numbers, ascending. */
  @Override
  public Segments resolve(int layers) {
    List<LayerRange> ranges = new ArrayList<>();
    switch (text) {
      case FULL -> ranges.add(LayerRange.parse("all"));
      case THIRDS -> ranges.addAll(thirds(layers));
      default -> Arrays.stream(text.split("/", -1)).map(LayerRange::parse).forEach(ranges::add);
    }
    int from = 0;
    for (LayerRange range : ranges) {
      if (range.first(layers) < from) {
        throw new UserException(text + ": segments must ascend and share no layer");
      }
      from = range.last(layers) + 1;
    }
    return of(ranges.stream().map(range -> range.resolve(layers)).toList());
  }

  /**
   * Early, middle and late layers; earlier thirds are longer if the layers do not divide evenly.
   */
  private static List<LayerRange> thirds(int layers) {
    if (layers < PARTS) {
      throw new UserException(THIRDS + ": the model has " + layers + " layers");
    }
    List<LayerRange> ranges = new ArrayList<>();
    int from = 0;
    for (int part = 1; part <= PARTS; part++) {
      int to = (part * layers + PARTS - 1) / PARTS;
      ranges.add(LayerRange.parse(from + "-" + (to - 1)));
      from = to;
    }
    return ranges;
  }

  /** The ranges of resolved segments. */
  public List<LayerRange> ranges() {
    return Arrays.stream(text.split("/", -1)).map(LayerRange::parse).toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
