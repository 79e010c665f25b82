package org.trimtab.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.spec.Measurement;

/**
 * The list of cells that a spec expands to.
 *
 * @param name the folder under results/: the spec's name, with what {@code --limit} and {@code
 *     --set} change
 * @param question the question that the spec answers
 * @param measurements what each evaluator of the cells measures, by the evaluator's name
 * @param cells the cells in the order of the spec, baseline first when there is one
 * @param limit only the first items of every data set are read, which is a quick look and no
 *     result; null for all
 */
public record Plan(
    String name,
    String question,
    Map<String, Measurement> measurements,
    List<Cell> cells,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer limit) {
  /**
   * Copies the list, and the measurements in the order of their names: the same plan is the same
   * file.
   *
   * @throws UserException when a plan file does not say what is measured
   */
  @JsonCreator
  public Plan {
    if (measurements == null || cells.stream().anyMatch(cell -> cell.key() == null)) {
      throw new UserException("it was written by another version of Trimtab");
    }
    measurements = Collections.unmodifiableMap(new TreeMap<>(measurements));
    cells = List.copyOf(cells);
  }

  /** A plan of all items. */
  public Plan(
      String name, String question, Map<String, Measurement> measurements, List<Cell> cells) {
    this(name, question, measurements, cells, null);
  }

  /** The same cells under another name, as a look at the first items. */
  public Plan as(String folder, OptionalInt first) {
    return new Plan(
        folder, question, measurements, cells, first.isPresent() ? first.getAsInt() : null);
  }

  /** What reports of a quick look begin with; empty for a whole plan. */
  public String warning() {
    return limit == null
        ? ""
        : "QUICK LOOK, not a result: only the first "
            + limit
            + " items of every data set (--limit "
            + limit
            + ").";
  }

  /** The evaluation of a name. */
  public PlannedEvaluation evaluation(String name) {
    return evaluations().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not in the plan: " + name));
  }

  /** The measurement of an evaluation. */
  public Measurement measurement(PlannedEvaluation evaluation) {
    return Objects.requireNonNull(measurements.get(evaluation.evaluator()));
  }

  /** The cells that an evaluation scores. */
  public List<Cell> scoredBy(PlannedEvaluation evaluation) {
    return cells.stream().filter(cell -> cell.evaluations().contains(evaluation)).toList();
  }

  /** Whether the spec calls a method by another name than its own. */
  public boolean hasAliases() {
    return cells.stream().anyMatch(cell -> !cell.key().equals(cell.method()));
  }

  /** The evaluations that score at least one cell. */
  public List<PlannedEvaluation> evaluations() {
    Set<List<PlannedEvaluation>> lists = Collections.newSetFromMap(new IdentityHashMap<>());
    return cells.stream()
        .map(Cell::evaluations)
        .filter(lists::add) // most cells have the same list
        .flatMap(List::stream)
        .distinct()
        .toList();
  }
}
