package org.trimtab.run.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.ResultFolder;

/**
 * A cell of earlier results that is done, whose method can be fitted again.
 *
 * @param cell as planned now
 * @param journal of its run, without items
 */
public record EndedCell(Cell cell, CellJournal journal) {
  /**
   * Finds a cell.
   *
   * @param session the spec that the results are of, opened again
   * @param index its index in the plan
   * @throws UsageException when there is no such cell
   * @throws UserException when it is not done, or model or data have changed
   */
  public static EndedCell of(ResultFolder folder, Session session, int index) {
    Cell cell = session.cell(index);
    List<Cell> then = folder.plan().cells();
    if (index >= then.size() || !then.get(index).id().equals(cell.id())) {
      throw new UserException(
          ("the model or data that %s was made from have changed, so its cells cannot be"
                  + " made again; run the spec first")
              .formatted(folder.path()));
    }
    CellJournal journal =
        folder
            .summary(cell)
            .filter(known -> known.status() == CellStatus.DONE)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s (cell %s) is not done; run the spec first"
                            .formatted(cell.label(), cell.index())));
    return new EndedCell(cell, journal);
  }

  /** A sentence for when another fit has other facts than the journal; empty if they agree. */
  public Optional<String> differs(Map<String, Object> facts) {
    ObjectNode now = Json.MAPPER.valueToTree(facts);
    ObjectNode then = journal.facts();
    return then == null || now.toString().equals(then.toString())
        ? Optional.empty()
        : Optional.of(
            "The fit was made again and differs from the one in the journal: %s, then %s."
                .formatted(now, then));
  }
}
