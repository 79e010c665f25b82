package org.trimtab.evaluate.grade;

/**
 * Opens judges on this machine: has access to the environment, the cache and the catalogue of
 * models.
 */
@FunctionalInterface
public interface Judges {
  /**
   * Opens a judge; the caller closes it.
   *
   * @throws org.trimtab.UserException when its key is not in the environment, or its model is not
   *     available
   */
  Judge open(JudgeSettings settings);
}
