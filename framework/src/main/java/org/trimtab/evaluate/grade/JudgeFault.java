package org.trimtab.evaluate.grade;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why an endpoint gave no reply. */
final class JudgeFault extends Exception {
  /** What a fault implies for other requests. */
  enum Reach {
    /** The same request may succeed later. */
    PASSING,
    /** This request is refused, and will be again. */
    REQUEST,
    /** Every request is refused until somebody changes the settings. */
    ENDPOINT
  }

  private final Reach reach;
  private final @Nullable Duration pause;

  JudgeFault(Reach reach, String message, @Nullable Duration pause, @Nullable Throwable cause) {
    super(message, cause);
    this.reach = reach;
    this.pause = pause;
  }

  /** What it implies for other requests. */
  Reach reach() {
    return reach;
  }

  /** The pause that the endpoint requests; null for none. */
  @Nullable Duration pause() {
    return pause;
  }

  /** The message; never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
