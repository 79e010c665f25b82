package org.trimtab.report.figure;

import org.jspecify.annotations.Nullable;
import org.trimtab.spec.FigureKind;

/**
 * What a figure shows.
 *
 * @param name what its files are called
 * @param kind the kind
 * @param caption what it shows, for people; the empty text for a description of its kind
 * @param metric the metric, as prefix/name; null for {@code main}
 * @param main the metric to draw where none is named, in all evaluations that have it; null for the
 *     first main one that is not a cost
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
    @Nullable String main,
    @Nullable String cost,
    String factor,
    @Nullable Double at,
    String against,
    long seed) {
  /** A figure of a kind with every default. */
  public static FigureOptions standard(FigureKind kind) {
    return new FigureOptions(
        kind.text(), kind, "", null, null, null, "factor", null, "baseline", 0);
  }

  /** The same figure with another metric to draw where none is named. */
  public FigureOptions preferring(@Nullable String other) {
    return new FigureOptions(name, kind, caption, metric, other, cost, factor, at, against, seed);
  }
}
