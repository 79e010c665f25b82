package org.trimtab.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.spec.Key;

/**
 * A selection of items by the baseline's answers, before anything else runs.
 *
 * @param where which items are selected: {@code baseline incorrect} or {@code baseline correct}
 * @param of the items to choose from: {@code first 500}, or ranges
 * @param cell the cell that selected them, filled in by the program
 */
public record SelectSettings(
    @Key(
            value = "items to keep: baseline incorrect, or baseline correct",
            defaultValue = "baseline incorrect",
            pattern = "baseline (in)?correct",
            patternMeaning = "baseline incorrect, or baseline correct")
        String where,
    @Key(
            value = "items to choose from: first 500, or a range such as 0-499; default all",
            pattern = "first \\d{1,7}|\\d[\\d, -]{0,999}",
            patternMeaning = "first 500, or a range such as 0-499")
        @Nullable String of,
    @Key("the cell that chose; written by the program beside the chosen items")
        @Nullable String cell) {
  private static final String FIRST = "first ";

  /** The items to choose from; empty for all. */
  public Optional<ItemSet> candidates() {
    if (of == null) {
      return Optional.empty();
    }
    return Optional.of(
        of.startsWith(FIRST)
            ? ItemSet.first(Integer.parseInt(of.substring(FIRST.length())))
            : ItemSet.parse(of));
  }

  /** Whether an item is kept. */
  public boolean keeps(boolean correct) {
    return correct == where.equals("baseline correct");
  }
}
