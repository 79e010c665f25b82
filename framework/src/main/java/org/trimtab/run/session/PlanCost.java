package org.trimtab.run.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.io.Numbers;
import org.trimtab.io.TextTable;
import org.trimtab.method.Method;
import org.trimtab.method.Methods;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.Workbench;

/**
 * The cost of a plan: tokens counted, time estimated from one measured batch of each evaluation. A
 * cell that edits late layers alone is estimated to start at its lowest one.
 *
 * @param parts the plan's evaluations
 * @param time all cells, done ones included; fitting is not counted
 * @param cells the number of cells
 */
public record PlanCost(List<Part> parts, Duration time, int cells) {
  /**
   * One evaluation.
   *
   * @param batches batches over all items
   * @param tokens tokens through the model over all batches, for one cell that scores all items
   * @param tokensPerSecond measured on the second batch, or the first where there is one alone
   * @param example its first request
   */
  public record Part(
      String evaluation, int batches, long tokens, double tokensPerSecond, String example) {}

  /** Copies the list. */
  public PlanCost {
    parts = List.copyOf(parts);
  }

  /**
   * Loads the model, prepares the evaluations and scores one or two batches of each. No judge is
   * asked: its calls may cost money.
   */
  public static PlanCost measure(Session session) {
    List<Part> parts = new ArrayList<>();
    double seconds = 0;
    try (Workbench workbench = session.workbench(Judging.NOBODY)) {
      List<Cell> cells = session.plan().cells();
      for (PlannedEvaluation planned : session.plan().evaluations()) {
        Evaluation evaluation = workbench.evaluation(planned.name());
        Part part = measure(planned.name(), evaluation);
        parts.add(part);
        for (Cell cell : session.plan().scoredBy(planned)) {
          long tokens = tokens(cell, planned, evaluation);
          seconds += tokens / part.tokensPerSecond() * share(cell, session.config().layers());
        }
      }
      return new PlanCost(parts, Duration.ofMillis(Math.round(1000 * seconds)), cells.size());
    }
  }

  private static Part measure(String name, Evaluation evaluation) {
    int last = Math.min(1, evaluation.batches().size() - 1);
    double seconds = 0;
    long tokens = 0;
    for (int batch = 0; batch <= last; batch++) {
      long begin = System.nanoTime();
      evaluation.score(batch, Intervention.NONE);
      seconds = (System.nanoTime() - begin) / 1e9;
      tokens = evaluation.tokens(batch);
    }
    long all = 0;
    for (int batch = 0; batch < evaluation.batches().size(); batch++) {
      all += evaluation.tokens(batch);
    }
    String example = evaluation.example().map(PlanCost::visible).orElse("");
    return new Part(name, evaluation.batches().size(), all, tokens / seconds, example);
  }

  private static long tokens(Cell cell, PlannedEvaluation planned, Evaluation evaluation) {
    long tokens = 0;
    for (int batch = 0; batch < evaluation.batches().size(); batch++) {
      int item = evaluation.batches().get(batch).get(0);
      tokens += cell.scores(planned.dataset(), item) ? evaluation.tokens(batch) : 0;
    }
    return tokens;
  }

  private static double share(Cell cell, int layers) {
    int lowest = Methods.named(cell.method()).lowestLayer(cell);
    if (lowest == Method.AFTER_LAST_BLOCK) {
      return 1.0 / (layers + 1);
    }
    return lowest >= layers ? 1 : (double) (layers - lowest) / layers;
  }

  /** White space made visible, the end of what is given marked. */
  private static String visible(Evaluation.Example example) {
    return spaces(example.context()) + "|" + spaces(example.continuation());
  }

  private static String spaces(String text) {
    return text.replace(" ", "·").replace("\t", "→").replace("\n", "↵\n");
  }

  /** The costs as text. */
  public String text() {
    TextTable table = new TextTable("evaluator", "batches", "tokens a cell", "tokens/s");
    StringBuilder examples = new StringBuilder();
    for (Part part : parts) {
      table.row(
          part.evaluation(),
          Numbers.count(part.batches()),
          Numbers.count(part.tokens()),
          Numbers.count(Math.round(part.tokensPerSecond())));
      if (!part.example().isEmpty()) {
        examples.append(
            "\nFirst request of %s (given|scored; · space, ↵ new line):\n"
                .formatted(part.evaluation()));
        examples.append(part.example()).append('\n');
      }
    }
    return examples
        + "\n"
        + table.text()
        + "About %s for all %d cells on this machine, fitting not counted.\n"
            .formatted(Numbers.duration(time), cells);
  }
}
