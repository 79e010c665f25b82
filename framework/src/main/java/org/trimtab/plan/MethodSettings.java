package org.trimtab.plan;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.spec.DatasetName;

/** The part of a method's settings that a plan uses. A record; every method has a default. */
public interface MethodSettings {
  /** The training items; null for a method that does not learn from items. */
  default @Nullable TrainingSettings train() {
    return null;
  }

  /**
   * Items that it reads besides its training items, by the key that has their {@code dataset} and
   * {@code items}.
   */
  default Map<String, OtherItems> alsoReads() {
    return Map.of();
  }

  /**
   * Items of another data set.
   *
   * @param kind what they must be
   * @param items null for all
   */
  record OtherItems(DatasetName dataset, DatasetKind kind, @Nullable ItemSet items) {}

  /**
   * The kinds of data that it can learn from. With {@link DatasetKind#CONTRASTS} it takes texts of
   * the user's own as well, which it reads by {@link TrainingSettings#texts}.
   */
  default Set<DatasetKind> learnsFrom() {
    return EnumSet.complementOf(EnumSet.of(DatasetKind.CONTRASTS));
  }

  /**
   * Whether it learns continuations of its data's prompts, which it reads without a chat template.
   */
  default boolean learnsFromPlainPrompts() {
    return false;
  }

  /** Whether it puts its texts into the model's chat template. */
  default boolean chatTemplate() {
    return false;
  }

  /** The keys of methods of the spec whose fits it joins, each with one cell per seed. */
  default List<String> compose() {
    return List.of();
  }

  /** Another model that it uses, named as in specs; null for none. */
  default @Nullable String secondModel() {
    return null;
  }

  /**
   * The settings from whose fits others start, without cycles.
   *
   * @param siblings all settings that the method's factors expand to, one level each, this one
   *     included
   * @return by those that start there; settings without an entry start independently
   */
  default Map<MethodSettings, MethodSettings> starts(Collection<MethodSettings> siblings) {
    return Map.of();
  }

  /**
   * Checks the settings of one cell against the model.
   *
   * @throws org.trimtab.UserException when it does not allow them
   */
  default void check(ModelFacts model) {}

  /**
   * Checks the settings of one cell against what it would learn from.
   *
   * @throws org.trimtab.UserException when there is too little of it
   */
  default void check(Training training) {}

  /**
   * Keys that have no effect beside the others, by path ({@code objective.perplexity_cap}), and
   * why; only what is written is told to the user.
   */
  default Map<String, String> unused() {
    return Map.of();
  }

  /** What is valid in the settings of one cell but probably unintended, and what to do. */
  default List<String> warnings() {
    return List.of();
  }
}
