package org.trimtab.method;

/** Is notified of the progress of a fit. */
@FunctionalInterface
public interface FitWatcher {
  /** Does nothing. */
  FitWatcher NONE = (done, total) -> {};

  /**
   * A training item was read.
   *
   * @param done items that were read
   * @param total items to read
   */
  void step(int done, int total);
}
