package org.trimtab.run;

import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.score.DivergedException;

/**
 * How a cell ended.
 *
 * @param status done, diverged or failed
 * @param reason the reason as text; null when done
 * @param layer the first block whose output was not finite (the number of layers for the logits);
 *     null unless diverged at a known place
 * @param position the 0-based token position there
 * @param item the item there
 */
public record CellEnd(
    CellStatus status,
    @Nullable String reason,
    @Nullable Integer layer,
    @Nullable Integer position,
    @Nullable Integer item) {

  /** Everything measured. */
  public static CellEnd done() {
    return new CellEnd(CellStatus.DONE, null, null, null, null);
  }

  /** An error. */
  public static CellEnd failed(String reason) {
    return new CellEnd(CellStatus.FAILED, reason, null, null, null);
  }

  /** A number that was not finite, at a known place. */
  public static CellEnd diverged(DivergedException place) {
    return new CellEnd(
        CellStatus.DIVERGED,
        String.valueOf(place.getMessage()),
        place.layer(),
        place.position(),
        place.item());
  }

  /** A number that was not finite, found after the forward pass. */
  public static CellEnd diverged(NonFiniteException number) {
    return new CellEnd(
        CellStatus.DIVERGED, String.valueOf(number.getMessage()), null, null, number.item());
  }
}
