package org.trimtab.selftest.calibrate;

import org.trimtab.report.Comparison;

/**
 * The expected effect in a row of the calibration's table.
 *
 * @param method the method
 * @param factor its strength, as written in tables; empty for any
 * @param metric the metric in which its effect is planted, as prefix/name
 * @param effect where the paired interval must lie
 */
record Expectation(String method, String factor, String metric, Effect effect) {
  /** Where the paired 95 % interval of the difference from the baseline lies. */
  enum Effect {
    /** Above 0: the planted effect is found. */
    ABOVE("above baseline"),
    /** Below 0: the planted effect is found, reversed. */
    BELOW("below baseline"),
    /** Not above 0: a control finds nothing. */
    NOT_ABOVE("not above baseline");

    private final String words;

    Effect(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** Whether a comparison shows it. */
    boolean holds(Comparison comparison) {
      return switch (this) {
        case ABOVE -> comparison.interval().low() > 0;
        case BELOW -> comparison.interval().high() < 0;
        case NOT_ABOVE -> comparison.interval().low() <= 0;
      };
    }
  }
}
