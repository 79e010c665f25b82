package org.trimtab.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.Key;
import org.trimtab.spec.Levels;
import org.trimtab.spec.Share;

/**
 * A method's training items: those of a data set, or texts of the user's own.
 *
 * @param dataset the data set; null for texts of the user's own
 * @param positive a text file whose lines have the property, of two files; else null
 * @param negative a text file whose lines do not have it
 * @param pairs one file with pairs of such texts; else null
 * @param lines the texts of the user's own to learn from; null for all
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
    @Key(
            value = "the data set to learn from",
            unless = {"positive", "negative", "pairs"})
        @Nullable DatasetName dataset,
    @Key("texts of your own that have the property: a text file, one per line; needs negative")
        @Nullable DatasetName positive,
    @Key("texts of your own that do not have it: a text file, one per line; needs positive")
        @Nullable DatasetName negative,
    @Key(
            "texts of your own in one file: JSON lines {\"positive\": ..., \"negative\": ...}, or a"
                + " table with these columns")
        @Nullable DatasetName pairs,
    @Key(
            "the lines, or pairs, of your own texts to learn from, by their place from 0: first 95, or 0-49;"
                + " default all")
        @Nullable Levels<Lines> lines,
    @Key(
            value =
                "number of folds: each cell learns from all but one and scores that one; default 2,"
                    + " none when items, share, splits, leaky or texts of your own are given",
            min = 2,
            max = 1000)
        @Nullable Integer folds,
    @Key("items to learn from, such as 0-99; all others are scored") @Nullable ItemSet items,
    @Key(
            "learn from this part of the items, the same for all seeds, such as 70%; all others are scored")
        @Nullable Share share,
    @Key("random splits instead of folds: {count: 5, train: 15}; an item may be scored in several")
        @Nullable Splits splits,
    @Key(value = "learn only from the first N of a cell's training items", min = 1)
        @Nullable Integer limit,
    @Key(value = "learn from N of a cell's training items, drawn by the seed", min = 1)
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
    checkSource(dataset, positive, negative, pairs);
    if (dataset == null && items != null) {
      throw new UserException("'items' is for data sets; for texts of your own write 'lines'");
    }
    if (dataset != null && lines != null) {
      throw new UserException("'lines' is for texts of your own; for a data set write 'items'");
    }
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
    boolean whole = items == null && share == null && splits == null && !leaky;
    if (folds == null && whole && dataset != null) {
      folds = FOLDS;
    }
  }

  private static void checkSource(
      @Nullable DatasetName dataset,
      @Nullable DatasetName positive,
      @Nullable DatasetName negative,
      @Nullable DatasetName pairs) {
    boolean files = positive != null || negative != null;
    long sources = Stream.of(dataset != null, files, pairs != null).filter(each -> each).count();
    if (sources == 0) {
      throw new UserException(
          "missing key 'dataset' in 'train': the data set to learn from; or write 'positive' and"
              + " 'negative', or 'pairs', for texts of your own");
    }
    if (sources > 1) {
      throw new UserException(
          "'dataset', 'positive' with 'negative', and 'pairs' exclude each other; keep one");
    }
    if (files && (positive == null || negative == null)) {
      throw new UserException(
          "'%s' is missing: a direction is learned from texts with the property and texts without it"
              .formatted(positive == null ? "positive" : "negative"));
    }
    if (positive != null && positive.equals(negative)) {
      throw new UserException("'positive' and 'negative' name the same file");
    }
  }

  /** Whether texts of the user's own are learned from, rather than a data set. */
  public boolean ownTexts() {
    return dataset == null;
  }

  /** The names of what is learned from: a data set, a file of pairs, or two files of lines. */
  public List<String> files() {
    return Stream.of(dataset, positive, negative, pairs)
        .flatMap(name -> Optional.ofNullable(name).stream())
        .map(DatasetName::text)
        .toList();
  }

  /** What is learned from, as one name. */
  public String source() {
    return String.join(" + ", files());
  }

  /** The texts of the user's own. */
  public ContrastTexts texts(Function<String, Path> paths) {
    return ContrastTexts.read(files().stream().map(paths).toList());
  }
}
