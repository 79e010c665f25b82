package org.trimtab.data.source;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a file before it is there; null where nothing is.
 *
 * @param bytes its size
 * @param sha256 the hash of its content
 */
public record Expected(@Nullable Long bytes, @Nullable String sha256) {
  /** Nothing is known. */
  public static final Expected ANYTHING = new Expected(null, null);
}
