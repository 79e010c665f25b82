package org.trimtab.run;

import org.jspecify.annotations.Nullable;

/** A score, metric or effect that is not finite: it is never written, the cell diverged. */
final class NonFiniteException extends RuntimeException {
  private final @Nullable Integer item;

  NonFiniteException(String message, @Nullable Integer item) {
    super(message);
    this.item = item;
  }

  /** The item whose score it is; null for metrics and effects. */
  @Nullable Integer item() {
    return item;
  }
}
