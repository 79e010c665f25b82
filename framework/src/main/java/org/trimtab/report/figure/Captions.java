package org.trimtab.report.figure;

/** Common parts of captions. */
final class Captions {
  /** How to read an interval. */
  static final String INTERVALS =
      "Bars are 95 % intervals of the difference from the reference (paired bootstrap over items,"
          + " not corrected for several comparisons), laid around the value: one that does not"
          + " reach the reference's line excludes 0. Controls are dashed.";

  /** The same for rows with several seeds. */
  static final String SEEDS =
      "Bars of rows with three or more seeds are 95 % intervals of the mean over seeds (Student's t), of"
          + " others those of the difference from the reference (paired bootstrap over items)."
          + " Controls are dashed.";

  private Captions() {}
}
