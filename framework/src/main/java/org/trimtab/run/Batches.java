package org.trimtab.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;

/** The batches of an evaluation that a cell scores, and those that are still to do. */
final class Batches {
  private Batches() {}

  /**
   * The batches that a cell scores, in scoring order.
   *
   * @throws IllegalStateException when a batch mixes items that the cell may score with items that
   *     it learned from, which breaks the evaluation's contract
   */
  static List<Integer> scored(Cell cell, PlannedEvaluation planned, Evaluation evaluation) {
    List<List<Integer>> batches = evaluation.batches();
    List<Integer> scored = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      List<Integer> items = batches.get(batch);
      long allowed = items.stream().filter(item -> cell.scores(planned.dataset(), item)).count();
      if (allowed != 0 && allowed != items.size()) {
        throw new IllegalStateException(
            "%s: batch %s mixes items that the cell scores with items that it was trained on"
                .formatted(planned.name(), batch));
      }
      if (allowed > 0) {
        scored.add(batch);
      }
    }
    return scored;
  }

  /** The batches that a cell scores and whose items are not all in its journal. */
  static List<Integer> pending(
      Cell cell, PlannedEvaluation planned, Evaluation evaluation, Optional<CellJournal> journal) {
    Map<Integer, ItemResult> known =
        journal.map(read -> read.items().getOrDefault(planned.name(), Map.of())).orElse(Map.of());
    List<List<Integer>> batches = evaluation.batches();
    return scored(cell, planned, evaluation).stream()
        .filter(batch -> !known.keySet().containsAll(batches.get(batch)))
        .toList();
  }

  /** The number of tokens that a cell still has to score. */
  static long pendingTokens(Cell cell, Workbench workbench, Optional<CellJournal> journal) {
    long tokens = 0;
    for (PlannedEvaluation planned : cell.evaluations()) {
      Evaluation evaluation = workbench.evaluation(planned.name());
      for (int batch : pending(cell, planned, evaluation, journal)) {
        tokens += evaluation.tokens(batch);
      }
    }
    return tokens;
  }
}
