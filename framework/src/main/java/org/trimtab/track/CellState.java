package org.trimtab.track;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellFolder;
import org.trimtab.run.CellJournal;
import org.trimtab.run.FolderLock;
import org.trimtab.run.ResultFolder;

/** What a replay has seen of a cell's files, and what became of it. */
final class CellState {
  /** What sending a run led to. */
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

  /** Reads the journal if it has changed; what has not changed stays settled. */
  void look() {
    CellFolder files = folder.cell(cell.id());
    boolean open = journal == null || journal.end() == null;
    boolean heldNow = open && FolderLock.isHeld(files.lock());
    FileStamp systemNow = FileStamp.of(List.of(files.system()));
    FileStamp now = FileStamp.of(List.of(files.journal()));
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

  /** What the journal says; null when there is none, or none that can be read. */
  @Nullable CellJournal journal() {
    return journal;
  }

  /** Whether a process works on the cell. */
  boolean held() {
    return held;
  }

  /** Whether there is something of it to send, or to complain about. */
  boolean begun() {
    return journal != null || problem != null;
  }

  /** Whether all is sent, or refused, that the files held when they were looked at. */
  boolean settled() {
    return settled;
  }

  /** How it was sent; null unless all of it was. */
  @Nullable Sent sent() {
    return settled && problem == null ? sent : null;
  }

  /** Why it is not sent; null when it is, or may still be. */
  @Nullable String problem() {
    return problem;
  }

  /** How often its sending was put off: those that trouble a server come last. */
  int faults() {
    return faults;
  }

  /** The id of its run on the server; null before it has one. */
  @Nullable String run() {
    return run;
  }

  /** It has a run on the server. */
  void has(String id) {
    run = id;
  }

  /** Everything is there. A run that was created by this replay stays a fresh one. */
  void settle(Sent how) {
    settled = true;
    if (sent == null || sent == Sent.UNCHANGED) {
      sent = how;
    }
  }

  /** It cannot be sent before its files change. */
  void refuse(String reason) {
    settled = true;
    problem = reason;
  }

  /** The server had no answer for it. */
  void putOff() {
    faults++;
  }
}
