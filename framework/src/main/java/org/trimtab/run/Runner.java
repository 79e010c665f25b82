package org.trimtab.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.FolderLock;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;

/**
 * Runs the cells of a plan, one after another, baseline first. Every cell keeps a journal, so the
 * same command continues a run that was interrupted or killed, to the same bytes in its exports. A
 * cell that diverges or fails does not stop the others. Several processes may run the same plan, or
 * single cells of it, at the same time.
 */
public final class Runner {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Plan plan;
  private final Supplier<? extends Workbench> opener;
  private final ResultFolder folder;
  private final Snapshot snapshot;
  private final Exports exports;
  private final RunOptions options;
  private final Progress progress;
  private final Interrupt interrupt;
  private final Map<String, RunOutcome.CellOutcome> outcomes = new HashMap<>();

  private Runner(
      Plan plan,
      Supplier<? extends Workbench> opener,
      Path results,
      RunOptions options,
      Progress progress,
      Interrupt interrupt) {
    this.plan = plan;
    this.opener = opener;
    this.folder = ResultFolder.of(results, plan);
    this.snapshot = new Snapshot(folder);
    this.exports = new Exports(folder, plan, snapshot);
    this.options = options;
    this.progress = progress;
    this.interrupt = interrupt;
  }

  /**
   * Runs the selected cells that have not ended yet, and writes the exports.
   *
   * @param opener opens the workbench: called once, and only when there is a cell to run; the
   *     runner closes it
   * @param results the folder of all results; files go to results/NAME
   * @throws UserException when a journal is damaged (before anything is run), or results cannot be
   *     written, or the workbench cannot be opened
   */
  public static RunOutcome run(
      Plan plan,
      Supplier<? extends Workbench> opener,
      Path results,
      RunOptions options,
      Progress progress,
      Interrupt interrupt) {
    return new Runner(plan, opener, results, options, progress, interrupt).run();
  }

  private RunOutcome run() {
    exports.tables();
    List<Cell> selected = plan.cells().stream().filter(options.cells()).toList();
    List<Cell> toDo = new ArrayList<>();
    for (Cell cell : selected) {
      Optional<CellJournal> journal = snapshot.summary(cell);
      if (journal.isPresent() && journal.get().status().isFinal()) {
        reuse(cell, journal.get());
        exportMissingItems(cell, journal.get());
      } else {
        toDo.add(cell);
      }
    }
    toDo.sort(Comparator.comparing(cell -> !cell.method().equals("baseline")));
    int reused = selected.size() - toDo.size();
    if (toDo.isEmpty()) {
      progress.runStarted(reused, Map.of());
    } else {
      try (Workbench workbench = opener.get()) {
        progress.runStarted(reused, tokens(toDo, workbench));
        runAll(toDo, workbench);
      }
    }
    RunOutcome outcome = outcome(selected);
    progress.runEnded(outcome);
    return outcome;
  }

  private Map<Integer, Long> tokens(List<Cell> cells, Workbench workbench) {
    Map<Integer, Long> tokens = new LinkedHashMap<>();
    for (Cell cell : cells) {
      tokens.put(cell.index(), Batches.pendingTokens(cell, workbench, folder.journal(cell)));
    }
    return tokens;
  }

  /** First what is free, then what other processes hold: they may end it meanwhile. */
  private void runAll(List<Cell> cells, Workbench workbench) {
    List<Cell> held = new ArrayList<>();
    for (Cell cell : cells) {
      if (!interrupt.requested() && !attempt(cell, workbench)) {
        held.add(cell);
      }
    }
    for (Cell cell : held) {
      if (!interrupt.requested()) {
        Path lock = folder.cell(cell.id()).lock();
        progress.message(
            "cell %s (%s) is being run by %s: waiting for it (Ctrl-C to stop waiting)"
                .formatted(cell.index(), cell.label(), FolderLock.holder(lock)));
      }
      while (!interrupt.requested() && !attempt(cell, workbench)) {
        pause();
      }
    }
  }

  /** Returns false when another process holds the cell. */
  private boolean attempt(Cell cell, Workbench workbench) {
    CellFolder files = folder.cell(cell.id());
    FolderLock lock = FolderLock.tryAcquire(files.lock());
    if (lock == null) {
      return false;
    }
    try {
      Optional<CellJournal> journal = snapshot.summary(cell);
      if (journal.isPresent() && journal.get().status().isFinal()) {
        reuse(cell, journal.get());
        tell(cell, journal.get(), Duration.ZERO);
        return true;
      }
      progress.cellStarted(cell);
      long begin = System.nanoTime();
      CellEnd end =
          new CellRun(cell, files, workbench, options.environment(), progress, interrupt).run();
      if (end != null) {
        ended(cell, Duration.ofNanos(System.nanoTime() - begin));
      }
    } finally {
      lock.close();
    }
    exports.tables();
    return true;
  }

  private void ended(Cell cell, Duration session) {
    CellJournal journal = folder.journal(cell).orElseThrow();
    outcomes.put(cell.id(), outcome(cell, journal, false));
    if (journal.status() == CellStatus.DONE) {
      exports.items(journal);
    }
    tell(cell, journal, session);
  }

  private void tell(Cell cell, CellJournal journal, Duration session) {
    CellEnd end = journal.end();
    if (end != null) {
      Map<String, Double> metrics = end.status() == CellStatus.DONE ? journal.metrics() : Map.of();
      progress.cellEnded(cell, end, metrics, session);
    }
  }

  private void reuse(Cell cell, CellJournal journal) {
    outcomes.put(cell.id(), outcome(cell, journal, true));
  }

  /** A process that is killed between its end line and its exports leaves these to the next. */
  private void exportMissingItems(Cell cell, CellJournal journal) {
    if (journal.status() != CellStatus.DONE || exports.hasItems(cell)) {
      return;
    }
    FolderLock lock = FolderLock.tryAcquire(folder.cell(cell.id()).lock());
    if (lock != null) {
      try {
        exports.items(folder.journal(cell).orElseThrow());
      } finally {
        lock.close();
      }
    }
  }

  private RunOutcome outcome(List<Cell> selected) {
    List<RunOutcome.CellOutcome> cells = new ArrayList<>();
    for (Cell cell : selected) {
      RunOutcome.CellOutcome known = outcomes.get(cell.id());
      cells.add(
          known != null
              ? known
              : snapshot
                  .summary(cell)
                  .map(journal -> outcome(cell, journal, false))
                  .orElse(new RunOutcome.CellOutcome(cell, CellStatus.NOT_RUN, null, false)));
    }
    return new RunOutcome(cells, interrupt.requested() && outcomes.size() < selected.size());
  }

  private static RunOutcome.CellOutcome outcome(Cell cell, CellJournal journal, boolean reused) {
    @Nullable CellEnd end = journal.end();
    return new RunOutcome.CellOutcome(
        cell, journal.status(), end == null ? null : end.reason(), reused);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while waiting for another process", e);
    }
  }
}
