package org.trimtab.run.reproduce;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.run.CellJournal;

/**
 * One evaluation of a cell, compared with the original item by item and metric by metric. Numbers
 * are the same if their 64 bits are.
 *
 * @param evaluation its name in the spec: an alias where there is one
 * @param items the number of items compared
 * @param values the number of values compared, metrics included
 * @param differing how many of them differ
 * @param largest the largest deviations, in descending order: ten at most
 */
public record EvaluationComparison(
    String evaluation, int items, int values, int differing, List<Deviation> largest) {

  /** Copies the list. */
  public EvaluationComparison {
    largest = List.copyOf(largest);
  }

  /** The largest deviation's size; 0 when the results are equal. */
  public double size() {
    return largest.isEmpty() ? 0 : largest.get(0).size();
  }

  /** Compares an evaluation in two journals, read with items. */
  static EvaluationComparison of(String evaluation, CellJournal was, CellJournal is) {
    Deviations found = new Deviations();
    Map<Integer, ItemResult> before = was.items().getOrDefault(evaluation, Map.of());
    Map<Integer, ItemResult> after = is.items().getOrDefault(evaluation, Map.of());
    Set<Integer> items = new TreeSet<>(before.keySet());
    items.addAll(after.keySet());
    items.forEach(item -> found.item(item, before.get(item), after.get(item)));
    found.metrics(metrics(evaluation, was), metrics(evaluation, is));
    return new EvaluationComparison(
        evaluation, items.size(), found.values(), found.differing(), found.largest());
  }

  private static Map<String, Double> metrics(String evaluation, CellJournal journal) {
    CellJournal.@Nullable Evaluated evaluated = journal.evaluated().get(evaluation);
    return evaluated == null ? Map.of() : evaluated.metrics();
  }
}
