package org.trimtab.method.tune;

/** EvenSpacing spaced places, including both ends. */
final class EvenSpacing {
  private EvenSpacing() {}

  /** Place {@code index} of {@code count} in [0, 1]; the middle for one. */
  static double share(int index, int count) {
    return count == 1 ? 0.5 : (double) index / (count - 1);
  }

  /**
   * Place {@code index} of {@code count} among {@code size} values; different for count <= size.
   */
  static int index(int index, int count, int size) {
    return (int) Math.rint(share(index, count) * (size - 1));
  }
}
