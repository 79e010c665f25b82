package org.trimtab.track;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.trimtab.io.FileStamp;
import org.trimtab.run.CellJournal;

/**
 * A snapshot of the files of a results folder.
 *
 * @param sweep the common data of all cells
 * @param begun the cells that were begun, in plan order
 * @param running whether any cell is being worked on
 */
record Snapshot(Sweep sweep, List<CellState> begun, boolean running) {
  /** The journals that can be read, in plan order. */
  List<CellJournal> journals() {
    return begun.stream().map(CellState::journal).filter(Objects::nonNull).toList();
  }

  /** The cells with something to send; those that failed often come last. */
  List<CellState> open() {
    return begun.stream()
        .filter(state -> !state.settled())
        .sorted(Comparator.comparing(CellState::faults))
        .toList();
  }

  /** Equal for two snapshots between which no file of the whole sweep has changed. */
  List<Object> ofSweep() {
    return List.of(
        FileStamp.of(SweepContent.paths(sweep)),
        running,
        journals().stream().map(CellJournal::status).toList());
  }

  void tell(SyncProgress progress) {
    int settled = (int) begun.stream().filter(CellState::settled).count();
    progress.settled(sweep.plan().name(), settled, begun.size());
  }
}
