package org.trimtab.evaluate.grade;

/**
 * An answer to be judged.
 *
 * @param question the question
 * @param gold the right answer
 * @param answer what was answered
 */
public record Candidate(String question, String gold, String answer) {}
