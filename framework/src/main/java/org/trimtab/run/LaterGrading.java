package org.trimtab.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.trimtab.UserException;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.Metrics;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.io.FolderLock;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;

/**
 * Grades what a run has left ungraded because its judge did not reply: from the answers in the
 * journals, without generating again. Journals only grow; their last word on an answer counts.
 */
public final class LaterGrading {
  private final ResultFolder folder;
  private final Judges judges;
  private final Map<JudgeSettings, Judge> open = new HashMap<>();

  private LaterGrading(ResultFolder folder, Judges judges) {
    this.folder = folder;
    this.judges = judges;
  }

  /**
   * Answers without a grade.
   *
   * @param answers their number
   * @param reasons why, each reason once
   */
  public record Ungraded(int answers, List<String> reasons) {
    /** For people, with what to do next; nothing when every answer is graded. */
    public Optional<String> text(ResultFolder folder) {
      return answers == 0
          ? Optional.empty()
          : Optional.of(
              "%,d answers are ungraded (%s). They are kept; './run grade %s' asks again."
                  .formatted(answers, String.join("; ", reasons), folder.path()));
    }
  }

  /** The answers of ended cells that have no grade. */
  public static Ungraded ungraded(ResultFolder folder) {
    int answers = 0;
    TreeSet<String> reasons = new TreeSet<>();
    for (Cell cell : folder.plan().cells()) {
      if (hasUngraded(folder.summary(cell))) {
        CellJournal journal = folder.journal(cell).orElseThrow();
        for (Map<Integer, ItemResult> items : journal.items().values()) {
          for (ItemResult result : items.values()) {
            if (GradeShares.isUngraded(result.scores())) {
              answers++;
              JsonNode reason = result.details().path("reason");
              reasons.add(reason.isTextual() ? reason.textValue() : "no reason recorded");
            }
          }
        }
      }
    }
    return new Ungraded(answers, List.copyOf(reasons));
  }

  private static boolean hasUngraded(Optional<CellJournal> journal) {
    Predicate<CellJournal.Evaluated> some =
        evaluated -> GradeShares.isUngraded(evaluated.metrics());
    return journal
        .filter(known -> known.status() == CellStatus.DONE)
        .map(known -> known.evaluated().values().stream().anyMatch(some))
        .orElse(false);
  }

  /**
   * Grades, and updates the exports. Skips cells that another process works on.
   *
   * @param judges opens the judges of the plan
   * @return the number of answers that were graded
   * @throws UserException when a judge cannot be opened, or a journal is damaged
   */
  public static int run(ResultFolder folder, Judges judges) {
    LaterGrading grading = new LaterGrading(folder, judges);
    try {
      return grading.run();
    } finally {
      grading.open.values().forEach(Judge::close);
    }
  }

  private int run() {
    Plan plan = folder.plan();
    Exports exports = new Exports(folder, plan, new Snapshot(folder));
    int graded = 0;
    for (Cell cell : plan.cells()) {
      if (hasUngraded(folder.summary(cell))) {
        FolderLock lock = FolderLock.tryAcquire(folder.cell(cell.id()).lock());
        if (lock != null) {
          try {
            int now = grade(folder.journal(cell).orElseThrow());
            graded += now;
            if (now > 0) {
              exports.items(folder.journal(cell).orElseThrow());
            }
          } finally {
            lock.close();
          }
        }
      }
    }
    if (graded > 0) {
      exports.tables();
    }
    return graded;
  }

  private int grade(CellJournal before) {
    int graded = 0;
    try (Journal journal = Journal.append(folder.cell(before.cell().id()).journal())) {
      for (PlannedEvaluation planned : before.cell().evaluations()) {
        Evaluator<?> evaluator = Evaluators.named(planned.evaluator());
        Optional<JudgeSettings> settings = evaluator.judge(planned);
        if (settings.isPresent()) {
          Judge judge = open.computeIfAbsent(settings.get(), judges::open);
          List<ItemResult> results = before.results(planned.name());
          List<ItemResult> now = evaluator.grade(planned, results, judge);
          if (!now.isEmpty()) {
            journal.graded(planned, now);
            List<ItemResult> all = replaced(results, now);
            journal.evaluated(planned, all.size(), Metrics.of(evaluator, all));
            graded += now.size();
          }
        }
      }
    }
    return graded;
  }

  private static List<ItemResult> replaced(List<ItemResult> results, List<ItemResult> now) {
    Map<Integer, ItemResult> fresh = new HashMap<>();
    now.forEach(result -> fresh.put(result.item(), result));
    List<ItemResult> all = new ArrayList<>();
    results.forEach(result -> all.add(fresh.getOrDefault(result.item(), result)));
    return all;
  }
}
