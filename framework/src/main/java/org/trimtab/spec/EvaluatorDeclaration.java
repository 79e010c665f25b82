package org.trimtab.spec;

/** What a spec must know of an evaluator; the evaluators themselves say it. */
public interface EvaluatorDeclaration {
  /** Its name in specs. */
  String name();

  /** Raised whenever its results change; part of every cell's identity. */
  int version();

  /** The part before the slash of its metrics' names on the data set that is its default. */
  String metricPrefix();

  /**
   * The record that its keys are bound to; implements {@code org.trimtab.plan.EvaluationSettings},
   * which says which data set and items it reads.
   */
  Class<? extends Record> settings();

  /** Its metrics, and what the details of its items mean. */
  Measurement measurement();
}
