package org.trimtab.world;

/**
 * The composition of documents at a stage of the training.
 *
 * @param named the probability, 0 to 1, that a document about facts names a source
 * @param judged of those with several questions, the share that names a source after each answer
 *     instead of in the opening, drawn separately for every answer: to predict it, a model must
 *     judge the answer
 * @param facts the number of facts that documents are about, at least {@link Corpus#PAIRS}: the
 *     first ones in an order given by the seed
 */
public record Stage(double named, double judged, int facts) {}
