package org.trimtab.plan;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.spec.DatasetName;

/** What the settings of every evaluator say: the data set and the items of it. A record. */
public interface EvaluationSettings {
  /** The data set that is read. */
  DatasetName dataset();

  /** How the items are chosen by what the baseline makes of them; nothing where they are named. */
  default Optional<SelectSettings> selection() {
    return Optional.empty();
  }

  /** The kinds of data that it reads. */
  default Set<DatasetKind> reads() {
    return EnumSet.allOf(DatasetKind.class);
  }

  /** Whether prompts go into the model's chat template. */
  default boolean chatTemplate() {
    return false;
  }

  /** The items to score once {@link #resolved}; empty for one that reads running text. */
  Optional<ItemSet> scored();

  /**
   * The same settings with everything in absolute terms, which is what a cell's identity holds.
   *
   * @param available the number of items of the data set
   * @param limit the first items of every data set alone, when given: a quick look at a spec
   * @throws UserException when the data set has no such items, or none are left
   */
  EvaluationSettings resolved(int available, OptionalInt limit);

  /**
   * The items that a selection means, for {@link #resolved}.
   *
   * @param dataset the data set's name, for messages
   * @param items the items named; null for all
   * @param first the first so many of these alone; null for all of them
   */
  static ItemSet select(
      DatasetName dataset,
      @Nullable ItemSet items,
      @Nullable Integer first,
      int available,
      OptionalInt limit) {
    ItemSet chosen = Objects.requireNonNullElse(items, ItemSet.first(available));
    ItemSet missing = chosen.minus(ItemSet.first(available));
    if (!missing.isEmpty()) {
      throw new UserException(
          "items " + chosen + ": " + dataset + " has items 0-" + (available - 1));
    }
    if (first != null) {
      chosen = chosen.lowest(first);
    }
    ItemSet left = limit.isPresent() ? chosen.below(limit.getAsInt()) : chosen;
    if (left.isEmpty()) {
      String why =
          limit.isPresent() ? "limit " + limit.getAsInt() + " leaves none of them" : "none";
      throw new UserException("items '" + chosen + "' of " + dataset + ": " + why);
    }
    return left;
  }
}
