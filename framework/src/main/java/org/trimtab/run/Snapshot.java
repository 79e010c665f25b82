package org.trimtab.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.io.FileStamp;
import org.trimtab.plan.Cell;

/**
 * What the journals of a folder say, without items. A journal is read again only when its file has
 * changed, so the cells of other processes are noticed, too, for a look at each file. Used by one
 * thread.
 */
final class Snapshot {
  private final ResultFolder folder;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * A cell's journal as it was read.
   *
   * @param stamp its file then: as long as it stays the same, so does the journal
   */
  record Seen(FileStamp stamp, Optional<CellJournal> journal) {}

  Snapshot(ResultFolder folder) {
    this.folder = folder;
  }

  /** A cell's journal as it is now. */
  Seen look(Cell cell) {
    FileStamp stamp = FileStamp.of(folder.cell(cell.id()).journal());
    Seen known = seen.get(cell.id());
    if (known == null || !known.stamp().equals(stamp)) {
      known = new Seen(stamp, folder.summary(cell));
      seen.put(cell.id(), known);
    }
    return known;
  }

  /** What a cell's journal says now; nothing when there is none. */
  Optional<CellJournal> summary(Cell cell) {
    return look(cell).journal();
  }
}
