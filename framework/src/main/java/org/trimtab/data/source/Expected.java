package org.trimtab.data.source;

import org.jspecify.annotations.Nullable;

/**
 * The known properties of a file before it is downloaded; null if unknown.
 *
 * @param bytes its size
 * @param sha256 the hash of its content
 */
public record Expected(@Nullable Long bytes, @Nullable String sha256) {
  /** Nothing is known. */
  public static final Expected ANYTHING = new Expected(null, null);
}
