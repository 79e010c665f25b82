package org.trimtab.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.plan.Cell;

/**
 * The outcome of a run.
 *
 * @param cells the selected cells in plan order, with how far each of them is now
 * @param interrupted whether the user ended the run before its end
 */
public record RunOutcome(List<CellOutcome> cells, boolean interrupted) {
  /**
   * One selected cell.
   *
   * @param reason why it diverged or failed; null otherwise
   * @param reused whether an earlier run, or another process, ended it
   */
  public record CellOutcome(
      Cell cell, CellStatus status, @Nullable String reason, boolean reused) {}

  /** Copies the list. */
  public RunOutcome {
    cells = List.copyOf(cells);
  }

  /** The number of cells in some state. */
  public long count(CellStatus status) {
    return cells.stream().filter(cell -> cell.status() == status).count();
  }

  /** For the process: 0 all done, 1 a cell failed or diverged, 130 interrupted. */
  public int exitCode() {
    if (interrupted) {
      return 130;
    }
    return count(CellStatus.DONE) == cells.size() ? 0 : 1;
  }
}
