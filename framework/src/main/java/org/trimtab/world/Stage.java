package org.trimtab.world;

/**
 * What documents are like at a stage of a training.
 *
 * @param named the probability, 0 to 1, that a document about facts names a source
 * @param judged of those with several questions, the share that names one after each answer instead
 *     of in the opening, a source of its own for every answer: to foretell it there, a model has to
 *     judge the answer
 * @param facts the number of facts that documents are about, {@link Corpus#PAIRS} at least: the
 *     first so many in an order of the seed's own
 */
public record Stage(double named, double judged, int facts) {}
