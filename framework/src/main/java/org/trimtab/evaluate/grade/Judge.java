package org.trimtab.evaluate.grade;

import java.util.List;

/**
 * Grades answers. Answers that a judge cannot grade are {@link Grade#UNGRADED}; only mistakes of
 * the user are exceptions. Not thread-safe.
 */
public interface Judge extends AutoCloseable {
  /** Grades some answers; the verdicts are in their order. */
  List<Verdict> grade(List<Candidate> candidates);

  @Override
  default void close() {}
}
