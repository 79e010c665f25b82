package org.trimtab.plan;

import java.util.List;

/**
 * The list of cells that a spec expands to.
 *
 * @param name the spec's name: the folder under results/
 * @param question the question that the spec answers
 * @param cells the cells in the order of the spec, baseline first when there is one
 */
public record Plan(String name, String question, List<Cell> cells) {
  /** Copies the list. */
  public Plan {
    cells = List.copyOf(cells);
  }

  /** The cells that an evaluation scores. */
  public List<Cell> scoredBy(PlannedEvaluation evaluation) {
    return cells.stream().filter(cell -> cell.evaluations().contains(evaluation)).toList();
  }

  /** Whether the spec calls a method by another name than its own. */
  public boolean hasAliases() {
    return cells.stream().anyMatch(cell -> !cell.key().equals(cell.method()));
  }

  /** What some cell is scored by. */
  public List<PlannedEvaluation> evaluations() {
    return cells.stream().flatMap(cell -> cell.evaluations().stream()).distinct().toList();
  }
}
