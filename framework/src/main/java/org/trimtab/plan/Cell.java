package org.trimtab.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * One row of a paper's table: model x method setting x fold x seed, evaluated on everything that
 * the spec names.
 *
 * @param index 0-based position in the plan
 * @param id first 16 hex digits of the SHA-256 of {@code identity}: same id, same result
 * @param key distinguishes its method from the spec's others: the method's name, or an alias; no
 *     part of the identity
 * @param method the method's name
 * @param settings the method's settings, one level per factor, everything resolved ({@code
 *     "layers": "5-29"})
 * @param values the same as a record; null for a cell that was read from a file
 * @param training its training items; null for methods that do not learn from items
 * @param seed the spec's seed for this cell
 * @param evaluations what is measured, the same for all cells of the plan
 * @param identity canonical JSON of everything that the results depend on
 * @param bases the cells whose fits this one's fit builds on: the parts of a composition, or where
 *     a path of penalties comes from; mostly empty
 */
public record Cell(
    int index,
    String id,
    String key,
    String method,
    ObjectNode settings,
    @JsonIgnore @Nullable MethodSettings values,
    @Nullable Training training,
    long seed,
    List<PlannedEvaluation> evaluations,
    ObjectNode identity,
    List<Cell> bases) {
  /** Settings that distinguish cells of one method at a glance. */
  private static final Set<String> LABELLED = Set.of("layers", "factor", "lambda1", "lambda2");

  /** Copies the lists. */
  public Cell {
    evaluations = List.copyOf(evaluations);
    bases = List.copyOf(bases);
  }

  /** The id of the cell that has an identity. */
  public static String idOf(ObjectNode identity) {
    return idOf(CanonicalJson.write(identity));
  }

  /** The id of the cell that has an identity of a canonical text. */
  static String idOf(String canonical) {
    return CanonicalJson.sha256(canonical).substring(0, 16);
  }

  /** The same at another position in the plan, with its bases. */
  Cell at(int position) {
    List<Cell> moved = bases.stream().map(base -> base.at(position)).toList();
    return new Cell(
        position, id, key, method, settings, values, training, seed, evaluations, identity, moved);
  }

  /**
   * Whether this cell scores an item of a data set: not one that it or a base of it learns from,
   * and only those of its own fold.
   */
  public boolean scores(String dataset, int item) {
    boolean own =
        training == null
            || !training.dataset().equals(dataset)
            || !training.withheld().contains(item);
    return own && bases.stream().allMatch(base -> base.scores(dataset, item));
  }

  /** The same cell, learning from other items; its id stays that of this one. */
  public Cell learningFrom(Training other) {
    return new Cell(
        index, id, key, method, settings, values, other, seed, evaluations, identity, bases);
  }

  /**
   * What it learns from.
   *
   * @throws UserException when its spec says nothing of it
   */
  public Training trained() {
    if (training == null) {
      throw new UserException(method + " learns from items; its spec needs train");
    }
    return training;
  }

  /** A short label: {@code directional-edit layers=5-29 factor=1.5 fold 1/2}. */
  public String label() {
    StringBuilder text = new StringBuilder(key);
    settings
        .properties()
        .forEach(
            entry -> {
              if (LABELLED.contains(entry.getKey())) {
                text.append(' ').append(entry.getKey()).append('=');
                text.append(entry.getValue().asText());
              }
            });
    if (training != null && training.folds() > 1) {
      text.append(' ').append(training.place());
    }
    return text.toString();
  }
}
