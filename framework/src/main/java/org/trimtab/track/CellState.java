package org.trimtab.track;

import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.FileStamp;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellFolder;
import org.trimtab.run.CellJournal;
import org.trimtab.run.FolderLock;
import org.trimtab.run.ResultFolder;

/** The state of a cell in a replay: what was read of its files and what was sent. */
final class CellState {
  /** The outcome of sending a run. */
  enum Sent {
    FRESH,
    UPDATED,
    UNCHANGED
  }

  private final ResultFolder folder;
  private final Cell cell;
  private @Nullable FileStamp system;
  private @Nullable FileStamp stamp;
  private @Nullable CellJournal journal;
  private boolean held;
  private boolean settled;
  private @Nullable Sent sent;
  private @Nullable String run;
  private @Nullable String problem;
  private int faults;

  CellState(ResultFolder folder, Cell cell) {
    this.folder = folder;
    this.cell = cell;
  }

  /** Reads the journal if it has changed; otherwise a settled cell stays settled. */
  void refresh() {
    CellFolder files = folder.cell(cell.id());
    boolean open = journal == null || journal.end() == null;
    boolean heldNow = open && FolderLock.isHeld(files.lock());
    FileStamp systemNow = FileStamp.of(files.system());
    FileStamp now = FileStamp.of(files.journal());
    boolean same = heldNow == held && systemNow.equals(system);
    if (same && now.equals(stamp)) {
      return;
    }
    CellJournal before = journal;
    held = heldNow;
    system = systemNow;
    stamp = now;
    try {
      journal = folder.summary(cell).orElse(null);
      if (!same || before == null || !before.equals(journal)) {
        settled = false;
        problem = null;
      }
    } catch (UserException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      journal = null;
      refuse(String.valueOf(e.getMessage()));
    }
  }

  Cell cell() {
    return cell;
  }

  /** The journal; null if it is missing or unreadable. */
  @Nullable CellJournal journal() {
    return journal;
  }

  /** Whether a process works on the cell. */
  boolean held() {
    return held;
  }

  /** Whether there is something to send or to report. */
  boolean begun() {
    return journal != null || problem != null;
  }

  /** Whether everything that the files held when last read is sent or refused. */
  boolean settled() {
    return settled;
  }

  /** How it was sent; null unless it was sent completely. */
  @Nullable Sent sent() {
    return settled && problem == null ? sent : null;
  }

  /** Why it was not sent; null if it was, or may still be. */
  @Nullable String problem() {
    return problem;
  }

  /** How often its sending failed; cells that failed often are sent last. */
  int faults() {
    return faults;
  }

  /** The id of its run on the server; null before it has one. */
  @Nullable String run() {
    return run;
  }

  /** Records its run on the server. */
  void has(String id) {
    run = id;
  }

  /** Everything is sent. A run created by this replay stays fresh. */
  void settle(Sent how) {
    settled = true;
    if (sent == null || sent == Sent.UNCHANGED) {
      sent = how;
    }
  }

  /** Records that it cannot be sent before its files change. */
  void refuse(String reason) {
    settled = true;
    problem = reason;
  }

  /** Records that the server failed. */
  void putOff() {
    faults++;
  }
}
