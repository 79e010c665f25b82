package org.trimtab.plan;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;

/** What a plan asks the settings of a method. A record; everything has a default. */
public interface MethodSettings {
  /** What it learns from; null for a method that learns from no items. */
  default @Nullable TrainingSettings train() {
    return null;
  }

  /** The kinds of data that it can learn from. */
  default Set<DatasetKind> learnsFrom() {
    return EnumSet.allOf(DatasetKind.class);
  }

  /**
   * Whether it learns what follows the prompts of its data, which it reads without chat template.
   */
  default boolean learnsFromPlainPrompts() {
    return false;
  }

  /** Whether it writes what it reads into the model's chat template. */
  default boolean chatTemplate() {
    return false;
  }

  /** The keys of methods of the spec whose fits it joins, each with one cell per seed. */
  default List<String> compose() {
    return List.of();
  }

  /** Another model that it asks, as specs name models; null for none. */
  default @Nullable String secondModel() {
    return null;
  }

  /**
   * The setting whose fit this one begins from.
   *
   * @param siblings all settings that the method's factors expand to, one level each
   * @return one of them, never on a circle; empty to begin by itself
   */
  default Optional<MethodSettings> start(Set<MethodSettings> siblings) {
    return Optional.empty();
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

  /** What is valid in the settings of one cell but probably unintended, and what to do. */
  default List<String> warnings() {
    return List.of();
  }
}
