package org.trimtab.spec;

/**
 * What the spec must know of an evaluator.
 *
 * @param name its name in specs
 * @param version raised whenever its results change; part of every cell's identity
 * @param metricPrefix the part before the slash of its metrics' names on the data set that is its
 *     default
 * @param settings the record that its keys are bound to; implements {@code
 *     org.trimtab.plan.EvaluationSettings}, which says which data set and items it reads
 * @param measurement its metrics, and what its items' details mean
 */
public record EvaluatorDeclaration(
    String name,
    int version,
    String metricPrefix,
    Class<? extends Record> settings,
    Measurement measurement) {}
