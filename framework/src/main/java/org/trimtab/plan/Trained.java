package org.trimtab.plan;

/** Settings of a method that learns from items. */
public interface Trained {
  /** What it learns from. */
  TrainingSettings train();

  /**
   * Checks the settings of one cell against what it would learn from, before anything runs.
   *
   * @throws org.trimtab.UserException when there is too little of it
   */
  default void check(Training training) {}
}
