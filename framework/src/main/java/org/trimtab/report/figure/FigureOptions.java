package org.trimtab.report.figure;

import org.jspecify.annotations.Nullable;
import org.trimtab.spec.FigureKind;

/**
 * What a figure shows.
 *
 * @param name what its files are called
 * @param kind the kind
 * @param caption what it shows, for people; the empty text for a description of its kind
 * @param metric the metric, as prefix/name; null for the first main one that is not a cost
 * @param cost the metric that is paid; null for the first perplexity
 * @param factor the last part of the name of the numeric setting that varies
 * @param at the factor of a layer profile; null for the one with most ranges, then the largest
 * @param against the method that rows are compared with
 * @param seed the seed of bootstrap draws
 */
public record FigureOptions(
    String name,
    FigureKind kind,
    String caption,
    @Nullable String metric,
    @Nullable String cost,
    String factor,
    @Nullable Double at,
    String against,
    long seed) {
  /** A figure of a kind with every default. */
  public static FigureOptions standard(FigureKind kind) {
    return new FigureOptions(kind.text(), kind, "", null, null, "factor", null, "baseline", 0);
  }
}
