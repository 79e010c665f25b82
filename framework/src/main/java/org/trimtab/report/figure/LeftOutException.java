package org.trimtab.report.figure;

import org.jspecify.annotations.Nullable;

/** A figure is left out of a report, as results hold nothing to draw; the message says why. */
public final class LeftOutException extends Exception {
  LeftOutException(String reason) {
    this(reason, null);
  }

  LeftOutException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
