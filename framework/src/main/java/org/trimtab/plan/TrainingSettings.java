package org.trimtab.plan;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.Share;

/**
 * A method's training items.
 *
 * @param dataset the data set
 * @param folds the number of folds: a cell learns from all but one and scores that one; 2 unless
 *     items, share, splits or leaky are given, null then
 * @param items the items to learn from, all others being scored; null for folds
 * @param share the part of the items to learn from, drawn once for all seeds, all others being
 *     scored; null for folds
 * @param splits random splits, each a cell of its own; null for folds
 * @param limit the number of a cell's first training items to learn from; the scored items stay the
 *     same; null for all
 * @param n the number of training items drawn by the seed: a larger n includes all items of a
 *     smaller one
 * @param leaky learn from items that are scored as well
 */
public record TrainingSettings(
    @Key("the data set to learn from") DatasetName dataset,
    @Key(
            value =
                "number of folds: each cell learns from all but one and scores that one; default 2,"
                    + " none when items, share, splits or leaky are given",
            min = 2,
            max = 1000)
        @Nullable Integer folds,
    @Key("items to learn from, such as 0-99; all others are scored") @Nullable ItemSet items,
    @Key(
            "learn from this part of the items, the same for all seeds, such as 70%; all others are scored")
        @Nullable Share share,
    @Key("random splits instead of folds: {count: 5, train: 15}; an item may be scored in several")
        @Nullable Splits splits,
    @Key(value = "learn from the first so many of a cell's training items only", min = 1)
        @Nullable Integer limit,
    @Key(value = "learn from so many of a cell's training items, drawn by the seed", min = 1)
        @Nullable Levels<Integer> n,
    @Key(
            value = "learn from every item, scored ones included; tables name it",
            defaultValue = "false")
        boolean leaky) {
  private static final int FOLDS = 2;

  /**
   * Random splits of the items: of every split one cell learns from {@code train} items and scores
   * the others.
   *
   * @param count the number of splits, no two of the same items
   * @param train the number of items to learn from
   */
  public record Splits(
      @Key(
              value = "number of random splits, drawn by the seed; no two are the same",
              defaultValue = "5",
              min = 1,
              max = 1000)
          int count,
      @Key(value = "items of a split to learn from; the others are scored", min = 1) int train) {}

  /** Fills in the number of folds. */
  public TrainingSettings {
    if (folds != null && items != null) {
      throw new UserException("'folds' and 'items' exclude each other; keep one of them");
    }
    if (folds != null && leaky) {
      throw new UserException("'leaky: true' learns from every item; leave 'folds' out");
    }
    if (items != null && items.isEmpty()) {
      throw new UserException("'items' names no item to learn from");
    }
    if (share != null && (folds != null || items != null || leaky)) {
      throw new UserException("'share' excludes 'folds', 'items' and 'leaky'; keep one of them");
    }
    if (splits != null && (leaky || Stream.of(folds, items, share).anyMatch(Objects::nonNull))) {
      throw new UserException(
          "'splits' excludes 'folds', 'items', 'share' and 'leaky'; keep one of them");
    }
    if (limit != null && n != null) {
      throw new UserException("'limit' takes the first items and 'n' draws some; keep one of them");
    }
    if (folds == null && items == null && share == null && splits == null && !leaky) {
      folds = FOLDS;
    }
  }
}
