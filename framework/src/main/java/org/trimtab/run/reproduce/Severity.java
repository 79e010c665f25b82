package org.trimtab.run.reproduce;

/** How much a difference may matter, in ascending order. */
public enum Severity {
  /** The same bits are expected. */
  HARMLESS("nothing", 0),
  /** Sums are added in another order. */
  ROUNDING("up to about 1e-5 of a log-likelihood", 1e-5),
  /** Another kind of arithmetic unit. */
  ARITHMETIC("up to about 1e-3 of a log-likelihood", 1e-3),
  /** The program may compute something else: runs only if the user insists. */
  CODE("anything the program computes", 0),
  /** Another experiment, whose numbers would say nothing about the original: never runs. */
  IDENTITY("everything: it is a different experiment", 0);

  private final String words;
  private final double tolerance;

  Severity(String words, double tolerance) {
    this.words = words;
    this.tolerance = tolerance;
  }

  /** What may change, in words. */
  public String words() {
    return words;
  }

  /** The relative difference of a log-likelihood that it explains. */
  public double tolerance() {
    return tolerance;
  }
}
