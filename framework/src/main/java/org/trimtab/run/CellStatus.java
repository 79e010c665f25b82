package org.trimtab.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The state of a cell, in the words of journals, tables and CSV files. */
public enum CellStatus {
  /** Everything measured. */
  DONE,
  /** A number was not finite; this is a final result. */
  DIVERGED,
  /** An error stopped it; the next run tries it again. */
  FAILED,
  /** Begun and not ended: running now, interrupted or killed; the next run continues it. */
  INCOMPLETE,
  /** No journal yet. */
  NOT_RUN;

  /** The word in files: {@code done}, {@code not-run}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the result is final, so that no run repeats the cell. */
  public boolean isFinal() {
    return this == DONE || this == DIVERGED;
  }

  @JsonCreator
  static CellStatus of(String word) {
    return Arrays.stream(values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no status '" + word + "'"));
  }
}
