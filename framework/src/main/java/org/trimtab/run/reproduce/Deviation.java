package org.trimtab.run.reproduce;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One value that came out another way.
 *
 * @param item the item that it is of; null for a metric over all items
 * @param place the value: {@code mc1.ll[2]}, {@code scores.mc2}, {@code mc1}
 * @param was the original's
 * @param is what came out now
 * @param size |was - is| / max(1, |was|): relative for values above 1, so that the sum of many
 *     log-probabilities may differ by more than one of them; infinite for what is no number
 */
public record Deviation(@Nullable Integer item, String place, String was, String is, double size) {

  /** Two numbers. */
  static Deviation of(@Nullable Integer item, String place, double was, double is) {
    double size = Math.abs(was - is) / Math.max(1, Math.abs(was));
    return new Deviation(item, place, Double.toString(was), Double.toString(is), size);
  }

  /** Something that is there or not, or no number. */
  static Deviation other(@Nullable Integer item, String place, String was, String is) {
    return new Deviation(item, place, was, is, Double.POSITIVE_INFINITY);
  }

  /** For people: {@code item 17 mc1.ll[2]: was -12.5, is -12.25, by 2.0e-02}. */
  public String text() {
    return (item == null ? "metric " : "item " + item + " ")
        + place
        + ": was "
        + was
        + ", is "
        + is
        + (Double.isInfinite(size) ? "" : String.format(Locale.ROOT, ", by %.1e", size));
  }
}
