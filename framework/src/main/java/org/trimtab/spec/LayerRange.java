package org.trimtab.spec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UserException;

/**
 * A range of layers (blocks), 0-based and inclusive.
 *
 * <p>Forms: {@code 7}, {@code 5-29}, {@code all}, {@code 60%}, {@code 40%-80%}, {@code first 10},
 * {@code last 25}, {@code first 25%}, {@code last 25%}. In a model of L layers, p % names layer
 * floor(p L / 100), at most L - 1; {@code first p%} and {@code last p%} mean ceil(p L / 100)
 * layers. A range that asks for more layers than there are is an error, never clipped.
 *
 * @param text the canonical text
 */
@StringCoded(
    as = "a range of layers: 7, 5-29, all, 60%, 40%-80%, first 10, last 25 or last 25%",
    pattern = LayerRange.FORMS)
public record LayerRange(String text) implements ModelRelative<LayerRange> {
  static final String FORMS =
      "all|(first|last) (\\d{1,4}|\\d{1,3}(\\.\\d{1,6})?%)|\\d{1,4}(-\\d{1,4})?"
          + "|\\d{1,3}(\\.\\d{1,6})?%(-\\d{1,3}(\\.\\d{1,6})?%)?";

  private static final String PERCENT = "(\\d{1,3}(?:\\.\\d{1,6})?)%";
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final Pattern PERCENTS = Pattern.compile(PERCENT + "(?:-" + PERCENT + ")?");
  private static final Pattern COUNTED =
      Pattern.compile("(first|last) (?:(\\d{1,4})|" + PERCENT + ")");

  private record Bounds(int first, int last) {}

  /**
   * Reads a range.
   *
   * @throws UserException for a text of no known form, an empty range or more than 100 %
   */
  public static LayerRange parse(String text) {
    String plain = text.strip().replaceAll("\\s*-\\s*", "-").replaceAll("\\s+", " ");
    LayerRange range = new LayerRange(plain);
    try {
      // 10,000 layers, more than the forms can name: whatever fails here fails for every model.
      Bounds bounds = range.bounds(10_000);
      return NUMBERS.matcher(plain).matches() ? written(bounds) : range;
    } catch (IllegalArgumentException e) {
      throw new UserException(
          ("'%s' is not a range of layers: write 7, 5-29, all, 60%%, 40%%-80%%, first 10,"
                  + " last 25 or last 25%%")
              .formatted(text),
          e);
    }
  }

  /** The first layer in a model with the given number of layers. */
  public int first(int layers) {
    return checked(layers).first;
  }

  /** The last layer in a model with the given number of layers. */
  public int last(int layers) {
    return checked(layers).last;
  }

  @Override
  public LayerRange resolve(int layers) {
    return written(checked(layers));
  }

  private static LayerRange written(Bounds bounds) {
    String first = Integer.toString(bounds.first);
    return new LayerRange(bounds.first == bounds.last ? first : first + "-" + bounds.last);
  }

  private Bounds checked(int layers) {
    Bounds bounds = bounds(layers);
    if (bounds.first < 0 || bounds.last >= layers) {
      throw new UserException(text + ": the model has layers 0-" + (layers - 1));
    }
    return bounds;
  }

  private Bounds bounds(int layers) {
    if (text.equals("all")) {
      return new Bounds(0, layers - 1);
    }
    Matcher numbers = NUMBERS.matcher(text);
    if (numbers.matches()) {
      int first = Integer.parseInt(numbers.group(1));
      return ordered(first, numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2)));
    }
    Matcher percents = PERCENTS.matcher(text);
    if (percents.matches()) {
      int first = layerAt(percents.group(1), layers);
      return ordered(first, percents.group(2) == null ? first : layerAt(percents.group(2), layers));
    }
    Matcher counted = COUNTED.matcher(text);
    if (counted.matches()) {
      int count =
          counted.group(2) != null
              ? Integer.parseInt(counted.group(2))
              : Percent.ceiling(percent(counted.group(3)), layers);
      if (count == 0) {
        throw new IllegalArgumentException("no layers");
      }
      return counted.group(1).equals("first")
          ? new Bounds(0, count - 1)
          : new Bounds(layers - count, layers - 1);
    }
    throw new IllegalArgumentException("unknown form");
  }

  private static int layerAt(String percent, int layers) {
    return Math.min(layers - 1, Percent.floor(percent(percent), layers));
  }

  private static String percent(String percent) {
    if (!Percent.valid(percent)) {
      throw new IllegalArgumentException("more than 100 %");
    }
    return percent;
  }

  private static Bounds ordered(int first, int last) {
    if (last < first) {
      throw new IllegalArgumentException("ends before it begins");
    }
    return new Bounds(first, last);
  }

  @Override
  public String toString() {
    return text;
  }
}
