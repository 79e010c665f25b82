package org.trimtab.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.spec.Measurement;

/**
 * The list of cells that a spec expands to.
 *
 * @param name the spec's name: the folder under results/
 * @param question the question that the spec answers
 * @param measurements what each evaluator of the cells measures, by the evaluator's name
 * @param cells the cells in the order of the spec, baseline first when there is one
 */
public record Plan(
    String name, String question, Map<String, Measurement> measurements, List<Cell> cells) {
  /**
   * Copies the list, and the measurements in the order of their names: the same plan is the same
   * file.
   *
   * @throws UserException when a plan file does not say what is measured
   */
  public Plan {
    if (measurements == null || cells.stream().anyMatch(cell -> cell.key() == null)) {
      throw new UserException("it was written by another version of Trimtab");
    }
    measurements = Collections.unmodifiableMap(new TreeMap<>(measurements));
    cells = List.copyOf(cells);
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
    return cells.stream().flatMap(cell -> cell.evaluations().stream()).distinct().toList();
  }
}
