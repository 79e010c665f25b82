package org.trimtab.plan;

/**
 * The items that a cell's method learns from. The cell never scores one of them, unless the spec
 * says {@code leaky: true}, which every table then notes.
 *
 * @param dataset the data set's name
 * @param items the items to learn from
 * @param fold 0-based index of the held-out fold
 * @param folds the number of folds; 1 when the spec names the training items
 * @param leaky whether the cell scores items that it was trained on
 * @param withheld the items that the cell does not score: all that it learns from and, if a limit
 *     restricts these, the other folds' as well, so that each item is scored in one fold; empty
 *     when leaky
 */
public record Training(
    String dataset, ItemSet items, int fold, int folds, boolean leaky, ItemSet withheld) {
  /** Training without a limit: exactly the training items are withheld from scoring. */
  public Training(String dataset, ItemSet items, int fold, int folds, boolean leaky) {
    this(dataset, items, fold, folds, leaky, leaky ? ItemSet.first(0) : items);
  }
}
