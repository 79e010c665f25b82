package org.trimtab.plan;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The items that a cell's method learns from. The cell never scores one of them, unless the spec
 * says {@code leaky: true}, which every table then notes.
 *
 * @param dataset the data set's name
 * @param items the items to learn from
 * @param fold 0-based index of the held-out fold, or of the split
 * @param folds the number of folds or splits; 1 when the spec names the training items
 * @param leaky whether the cell scores items that it was trained on
 * @param withheld the items that the cell does not score: all that it learns from and, if a limit
 *     restricts these, the other folds' as well, so that each item is scored in one fold; empty
 *     when leaky
 * @param overlapping whether these are random splits, of which several may score the same item;
 *     each item is scored in one fold
 */
public record Training(
    String dataset,
    ItemSet items,
    int fold,
    int folds,
    boolean leaky,
    ItemSet withheld,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean overlapping) {
  /** Training on what is no random split. */
  public Training(
      String dataset, ItemSet items, int fold, int folds, boolean leaky, ItemSet withheld) {
    this(dataset, items, fold, folds, leaky, withheld, /* overlapping= */ false);
  }

  /** Training without a limit: exactly the training items are withheld from scoring. */
  public Training(String dataset, ItemSet items, int fold, int folds, boolean leaky) {
    this(dataset, items, fold, folds, leaky, leaky ? ItemSet.first(0) : items);
  }

  /** Its place among several, in words: fold 1/2, or split 1/5. */
  public String place() {
    return (overlapping ? "split " : "fold ") + (fold + 1) + "/" + folds;
  }
}
