package org.trimtab.report;

import java.util.List;

/**
 * What a table shows.
 *
 * @param name what its files are called
 * @param caption what it shows, for people; the empty text for the spec's question
 * @param rows what tells rows apart, as method, seed, fold, train or the last part of a setting's
 *     name; when empty every setting that varies
 * @param columns the metrics to show first and to compare, as prefix/name; when empty those that
 *     their evaluators declare as main
 * @param against the key of the method that rows are compared with; default {@code baseline}
 * @param seed the seed of bootstrap and permutation draws; default 0
 */
public record TableOptions(
    String name,
    String caption,
    List<String> rows,
    List<String> columns,
    String against,
    long seed) {
  /** Copies the lists. */
  public TableOptions {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  /** The known columns, against the baseline, seed 0. */
  public static TableOptions standard() {
    return new TableOptions("table", "", List.of(), List.of(), "baseline", 0);
  }

  /** The same table of other metrics. */
  public TableOptions withColumns(List<String> metrics) {
    return new TableOptions(name, caption, rows, metrics, against, seed);
  }
}
