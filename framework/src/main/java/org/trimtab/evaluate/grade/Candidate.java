package org.trimtab.evaluate.grade;

/**
 * An answer to be judged.
 *
 * @param question the question
 * @param gold the gold answer
 * @param answer the answer
 */
public record Candidate(String question, String gold, String answer) {}
