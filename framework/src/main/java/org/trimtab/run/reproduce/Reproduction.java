package org.trimtab.run.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellJournal;
import org.trimtab.run.Environment;
import org.trimtab.run.Interrupt;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.session.Session;
import org.trimtab.run.session.Variant;

/**
 * Results made again in a separate folder and compared with the original. An interrupted
 * reproduction can be resumed, but only in the environment in which it was begun.
 */
public final class Reproduction {
  private static final String SUFFIX = "-reproduced";
  private static final int LONGEST_NAME = 64;

  private final ResultFolder original;
  private final Path results;
  private final Conditions conditions;

  private Reproduction(ResultFolder original, Path results, Conditions conditions) {
    this.original = original;
    this.results = results;
    this.conditions = conditions;
  }

  /**
   * Examines the conditions; runs nothing.
   *
   * @param folder results/NAME
   * @param results the folder for NAME-reproduced; empty for that of the original
   * @throws UserException when the folder holds nothing that can be reproduced
   */
  public static Reproduction of(Path folder, Optional<Path> results, Conditions.Places places) {
    ResultFolder original = new ResultFolder(folder.toAbsolutePath().normalize());
    String name = Variant.base(original.plan().name());
    int kept = Math.min(name.length(), LONGEST_NAME - SUFFIX.length());
    String override = "name=" + name.substring(0, kept) + SUFFIX;
    return new Reproduction(
        original,
        results.orElse(original.path().resolveSibling("")),
        Conditions.of(original, List.of(override), places));
  }

  /** The examined conditions. */
  public Conditions conditions() {
    return conditions;
  }

  /**
   * Runs every cell that ended in the original, and compares.
   *
   * @param anyCode whether another commit is accepted
   * @throws UserException when conditions forbid it; names all of them
   */
  public Comparison run(boolean anyCode, Progress progress, Interrupt interrupt) {
    List<Difference> refusals = conditions.refusals(anyCode);
    if (!refusals.isEmpty()) {
      throw new UserException(refused(refusals));
    }
    Session session = conditions.session().orElseThrow();
    refuseOther(ResultFolder.of(results, session.plan()), session);
    Rerun rerun = Rerun.of(original, session);
    return rerun.run(rerun.ended(), results, progress, interrupt);
  }

  private String refused(List<Difference> refusals) {
    boolean codeAlone = refusals.stream().allMatch(each -> each.severity() == Severity.CODE);
    String names = String.join(", ", refusals.stream().map(Difference::what).toList());
    return "Not run, since the numbers could not be compared with those of %s: %s"
            .formatted(original.path(), names)
        + (codeAlone
            ? ". --anyway runs despite another commit."
            : ". Restore them; no option overrides this.");
  }

  /** Cells of an earlier reproduction count only if the same program ran them on this machine. */
  private void refuseOther(ResultFolder folder, Session session) {
    if (!Files.exists(folder.path())) {
      return;
    }
    Environment now = session.environment();
    for (Cell cell : session.plan().cells()) {
      Optional<Environment> known = folder.summary(cell).map(CellJournal::environment);
      if (known.isPresent() && !known.get().equals(now)) {
        throw new UserException(
            folder.path()
                + " holds an earlier reproduction, made in another environment. Move it away, or choose another folder with --results.");
      }
    }
  }

  /** The folder of the new results. */
  public Path target() {
    return conditions
        .session()
        .map(session -> ResultFolder.of(results, session.plan()).path())
        .orElse(results);
  }
}
