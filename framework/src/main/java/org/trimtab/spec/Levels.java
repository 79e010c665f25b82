package org.trimtab.spec;

import java.util.List;

/**
 * A factor of the experiment: one value, or a list in which every value makes its own cells.
 *
 * @param values at least one value, in the order of the spec
 */
public record Levels<T>(List<T> values) {
  /** Copies the list. */
  public Levels {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a factor without levels");
    }
  }

  /** A factor of one level. */
  public static <T> Levels<T> of(T value) {
    return new Levels<>(List.of(value));
  }

  /**
   * The value of a factor within a cell, where it has one level.
   *
   * @throws IllegalStateException when it has several: they were not expanded
   */
  public T only() {
    if (values.size() != 1) {
      throw new IllegalStateException("expected one level, found " + values);
    }
    return values.get(0);
  }
}
