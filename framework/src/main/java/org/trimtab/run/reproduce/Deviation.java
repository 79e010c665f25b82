package org.trimtab.run.reproduce;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One value that was not reproduced.
 *
 * @param item its item; null for a metric over all items
 * @param place the value: {@code mc1.ll[2]}, {@code scores.mc2}, {@code mc1}
 * @param was the original value
 * @param is the new value
 * @param size |was - is| / max(1, |was|): relative for values above 1, since a sum of many
 *     log-probabilities may differ by more than a single one; infinite for values that are not
 *     numbers
 */
public record Deviation(@Nullable Integer item, String place, String was, String is, double size) {

  /** Two numbers. */
  static Deviation of(@Nullable Integer item, String place, double was, double is) {
    double size = Math.abs(was - is) / Math.max(1, Math.abs(was));
    return new Deviation(item, place, Double.toString(was), Double.toString(is), size);
  }

  /** Values that are missing or not numbers. */
  static Deviation other(@Nullable Integer item, String place, String was, String is) {
    return new Deviation(item, place, was, is, Double.POSITIVE_INFINITY);
  }

  /** As text: {@code item 17 mc1.ll[2]: was -12.5, is -12.25, by 2.0e-02}. */
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
