package org.trimtab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellCost;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.GenerationTime;

/**
 * What the notes of a table need of a cell's journal.
 *
 * @param index its place in the plan
 * @param cell the cell as the plan has it
 * @param status how far it is
 * @param end how it ended; null unless it ended
 * @param noOp whether its intervention changes nothing
 * @param facts what is known of its fit; null before the fit
 * @param oracle what of the items' gold answers it used to answer them; null for nothing
 * @param ungraded the number of answers that wait for a judge
 * @param cost what its fit cost; null if that was not recorded
 * @param generation how long a generated token takes; null if that was not measured
 */
record ScoredCell(
    int index,
    Cell cell,
    CellStatus status,
    @Nullable CellEnd end,
    boolean noOp,
    @Nullable ObjectNode facts,
    @Nullable String oracle,
    long ungraded,
    @Nullable CellCost cost,
    @Nullable GenerationTime generation) {

  static ScoredCell of(int index, Cell cell, Optional<CellJournal> journal) {
    if (journal.isEmpty()) {
      return new ScoredCell(
          index, cell, CellStatus.NOT_RUN, null, false, null, null, 0, null, null);
    }
    CellJournal known = journal.get();
    long ungraded =
        cell.evaluations().stream()
            .flatMap(planned -> known.results(planned.name()).stream())
            .filter(result -> GradeShares.isUngraded(result.scores()))
            .count();
    return new ScoredCell(
        index,
        cell,
        known.status(),
        known.end(),
        Boolean.TRUE.equals(known.noOp()),
        known.facts(),
        known.oracle(),
        ungraded,
        known.cost(),
        known.generation());
  }

  boolean done() {
    return status == CellStatus.DONE;
  }
}
