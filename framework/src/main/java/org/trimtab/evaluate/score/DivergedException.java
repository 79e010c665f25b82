package org.trimtab.evaluate.score;

/** A non-finite number: the cell ends as {@code diverged}, and no score is computed. */
public class DivergedException extends RuntimeException {
  private final int layer;
  private final int position;
  private final int item;

  /**
   * Names the place.
   *
   * @param layer the first block whose output is not finite; the number of layers for the logits
   * @param position 0-based token position in the item's sequence
   * @param item the item's id
   */
  public DivergedException(int layer, int position, int item) {
    super("not finite at layer " + layer + ", position " + position + ", item " + item);
    this.layer = layer;
    this.position = position;
    this.item = item;
  }

  /** The first block whose output is not finite; the number of layers for the logits. */
  public int layer() {
    return layer;
  }

  /** The 0-based token position in the item's sequence. */
  public int position() {
    return position;
  }

  /** The item's id. */
  public int item() {
    return item;
  }
}
