package org.trimtab.plan;

import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.DatasetKind;
import org.trimtab.spec.DatasetName;

/** The common part of every evaluator's settings: the data set and its items. A record. */
public interface EvaluationSettings {
  /** The data set. */
  DatasetName dataset();

  /** How items are selected by the baseline's answers; empty if they are named. */
  default Optional<SelectSettings> selection() {
    return Optional.empty();
  }

  /** The kinds of data that it reads. */
  default Set<DatasetKind> reads() {
    return EnumSet.allOf(DatasetKind.class);
  }

  /** Whether every line of a text file is an item; otherwise the whole file is one. */
  default boolean byLine() {
    return false;
  }

  /** Whether prompts go into the model's chat template. */
  default boolean chatTemplate() {
    return false;
  }

  /**
   * Checks the settings against the model.
   *
   * @throws UserException when it does not allow them
   */
  default void check(ModelFacts model) {}

  /**
   * Keys that have no effect beside the others, by path ({@code judge.calls}), and why; only what
   * is written is told to the user.
   */
  default Map<String, String> unused() {
    return Map.of();
  }

  /** The items to score once {@link #resolved}; empty for one that reads running text. */
  Optional<ItemSet> scored();

  /**
   * The same settings with everything in absolute terms, which is what a cell's identity holds.
   *
   * @param available the number of items of the data set
   * @param limit only the first items of every data set, if given: a quick look at a spec
   * @throws UserException when the data set has no such items, or none are left
   */
  EvaluationSettings resolved(int available, OptionalInt limit);

  /**
   * The selected items, for {@link #resolved}.
   *
   * @param dataset the data set's name, for messages
   * @param items the items named; null for all
   * @param first only the first of these; null for all of them
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
