package org.trimtab.report.figure;

/** What several captions say. */
final class Captions {
  /** How to read an interval. */
  static final String INTERVALS =
      "Bars are 95 % intervals of the difference from the reference (paired bootstrap over items,"
          + " not corrected for several comparisons), laid around the value: one that does not"
          + " reach the reference's line excludes 0. Controls are dashed.";

  private Captions() {}
}
