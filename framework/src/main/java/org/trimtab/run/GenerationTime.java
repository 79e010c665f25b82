package org.trimtab.run;

/**
 * How long one generated token takes, measured side by side on a short fixed generation.
 *
 * @param seconds under the intervention
 * @param unmodified without it
 */
public record GenerationTime(double seconds, double unmodified) {}
