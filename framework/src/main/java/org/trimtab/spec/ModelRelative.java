package org.trimtab.spec;

/**
 * A value whose meaning depends on a model's number of layers, such as {@code last 25%}.
 *
 * @param <T> the type itself
 */
public interface ModelRelative<T extends ModelRelative<T>> {
  /**
   * The same value in absolute numbers.
   *
   * @param layers the model's number of blocks
   * @throws org.trimtab.UserException when the model has no such layer; the message names the range
   */
  T resolve(int layers);
}
