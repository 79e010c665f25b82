package org.trimtab.evaluate.grade;

import java.util.List;

/**
 * Grades answers. What a judge cannot grade now is {@link Grade#UNGRADED}; only mistakes of the
 * user are exceptions. Used by one thread.
 */
public interface Judge extends AutoCloseable {
  /** Grades some answers; the verdicts are in their order. */
  List<Verdict> grade(List<Candidate> candidates);

  @Override
  default void close() {}
}
