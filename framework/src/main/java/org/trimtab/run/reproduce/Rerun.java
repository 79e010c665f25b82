package org.trimtab.run.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trimtab.UserException;
import org.trimtab.io.ScratchFolder;
import org.trimtab.plan.Cell;
import org.trimtab.plan.random.CounterRandom;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.run.Interrupt;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.RunOptions;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.session.Session;

/** Runs cells of earlier results again in another folder and compares the results. */
public final class Rerun {
  private final ResultFolder original;
  private final Session session;
  private final PlanMatch match;

  private Rerun(ResultFolder original, Session session) {
    this.original = original;
    this.session = session;
    this.match = new PlanMatch(session.plan());
  }

  /**
   * Binds results to a session that can reproduce them.
   *
   * @param session made from the results' own spec and limit: {@link Session.Request#again}
   * @throws UserException when the session plans other cells than those that ran
   */
  public static Rerun of(ResultFolder original, Session session) {
    Rerun rerun = new Rerun(original, session);
    List<Difference> missing = rerun.match.missing(original.plan().cells());
    if (!missing.isEmpty()) {
      throw new UserException(
          "%s cannot be run again: %s. './run reproduce %s' shows everything that differs."
              .formatted(original.path(), missing.get(0).text(), original.path()));
    }
    return rerun;
  }

  /**
   * Runs some done cells again in a temporary folder and compares them.
   *
   * @param conditions those of now
   * @param count how many, drawn as {@link #draw} does
   * @throws UserException when the conditions do not allow it, or as runs do
   */
  public static Comparison sample(
      ResultFolder original,
      Conditions conditions,
      int count,
      long seed,
      Progress progress,
      Interrupt interrupt) {
    Session session =
        conditions
            .session()
            .orElseThrow(() -> new UserException("no cell can be run again for this reason"));
    Rerun cells = of(original, session);
    try (ScratchFolder scratch = ScratchFolder.make("verify")) {
      return cells.run(cells.draw(count, seed), scratch.path(), progress, interrupt);
    }
  }

  /**
   * Draws done cells uniformly. The draw is a function of the plan, the states of its cells and the
   * seed.
   *
   * @param count how many; all if there are fewer
   * @return in the order of the plan
   */
  public List<Cell> draw(int count, long seed) {
    CounterRandom random = CounterRandom.of(seed, "rerun");
    return original.plan().cells().stream()
        .filter(cell -> status(original, cell) == CellStatus.DONE)
        .sorted(Comparator.comparing(cell -> random.bits(cell.index())))
        .limit(count)
        .sorted(Comparator.comparing(Cell::index))
        .toList();
  }

  /** The cells that can be reproduced: done and diverged ones, in the order of the plan. */
  public List<Cell> ended() {
    return original.plan().cells().stream()
        .filter(cell -> status(original, cell).isFinal())
        .toList();
  }

  /**
   * Runs cells again and compares each with its journal.
   *
   * @param cells cells of the original's plan that have ended
   * @param scratch the folder of all results; cells that have ended there are not run again
   * @throws UserException when that is the original's folder, or as runs do
   */
  public Comparison run(List<Cell> cells, Path scratch, Progress progress, Interrupt interrupt) {
    ResultFolder folder = ResultFolder.of(scratch, session.plan());
    if (folder
        .path()
        .toAbsolutePath()
        .normalize()
        .equals(original.path().toAbsolutePath().normalize())) {
      throw new UserException(
          original.path() + " is the original itself; name another folder for the new results");
    }
    Set<String> ids = new HashSet<>();
    cells.forEach(cell -> ids.add(match.of(cell).orElseThrow().id()));
    RunOptions options = new RunOptions(cell -> ids.contains(cell.id()), session.environment());
    RunOutcome outcome = session.run(options, scratch, progress, interrupt);
    List<CellComparison> comparisons = new ArrayList<>();
    for (Cell cell : cells) {
      Cell now = match.of(cell).orElseThrow();
      if (!outcome.interrupted() || status(folder, now).isFinal()) {
        CellJournal was = original.journal(cell).orElseThrow();
        comparisons.add(CellComparison.of(was, folder.journal(now)));
      }
    }
    return new Comparison(comparisons, outcome.interrupted());
  }

  private static CellStatus status(ResultFolder folder, Cell cell) {
    return folder.summary(cell).map(CellJournal::status).orElse(CellStatus.NOT_RUN);
  }
}
