package org.trimtab.run.reproduce;

import java.util.List;
import java.util.Optional;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;

/**
 * A cell that was run again, compared with the original.
 *
 * @param cell the original's cell
 * @param was how the original ended: done or diverged
 * @param is how it ended now
 * @param evaluations in the order of the spec
 */
public record CellComparison(
    Cell cell, CellStatus was, CellStatus is, List<EvaluationComparison> evaluations) {

  /** Copies the list. */
  public CellComparison {
    evaluations = List.copyOf(evaluations);
  }

  /** Whether it ended the same way, with the same bits: its exports are equal byte for byte. */
  public boolean equal() {
    return was == is && evaluations.stream().allMatch(each -> each.differing() == 0);
  }

  /** Whether it ended the same way, with no deviation above a tolerance. */
  public boolean within(double tolerance) {
    return was == is && evaluations.stream().allMatch(each -> each.size() <= tolerance);
  }

  /** Compares journals that were read with items; the second one may be missing. */
  static CellComparison of(CellJournal was, Optional<CellJournal> is) {
    CellStatus status = is.map(CellJournal::status).orElse(CellStatus.NOT_RUN);
    List<EvaluationComparison> evaluations =
        is.stream()
            .flatMap(
                now ->
                    was.cell().evaluations().stream()
                        .map(PlannedEvaluation::name)
                        .map(name -> EvaluationComparison.of(name, was, now)))
            .toList();
    return new CellComparison(was.cell(), was.status(), status, evaluations);
  }
}
