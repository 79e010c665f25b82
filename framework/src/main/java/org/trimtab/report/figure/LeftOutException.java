package org.trimtab.report.figure;

import org.jspecify.annotations.Nullable;

/** A figure is left out of a report, as results hold nothing to draw; the message says why. */
public final class LeftOutException extends Exception {
  private static final long serialVersionUID = 1L;

  LeftOutException(String reason) {
    this(reason, null);
  }

  LeftOutException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
  }
}
