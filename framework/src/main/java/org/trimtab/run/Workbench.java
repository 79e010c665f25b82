package org.trimtab.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.method.Adjustable;
import org.trimtab.method.FitContext.FitWatcher;
import org.trimtab.method.LearnedDirections;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;

/**
 * What the runner works with: a loaded model with the plan's methods and evaluations bound to it.
 * Opened once a run, used by one thread.
 */
public interface Workbench extends AutoCloseable {
  /**
   * A fitted intervention and what is worth journaling of the fit.
   *
   * @param facts names and values (numbers, strings, lists of them) such as the direction's norm
   * @param adjustable what can be set anew without learning again; empty for nothing
   * @param cost what the fit took
   * @param directions what was learned, to be kept with the results; empty for nothing
   */
  record Fitted(
      Intervention intervention,
      Map<String, Object> facts,
      Optional<Adjustable> adjustable,
      CellCost cost,
      Optional<LearnedDirections> directions) {}

  /**
   * Fits a cell's method.
   *
   * @param watcher is notified of every training item, and may end the fit by an exception
   */
  Fitted fit(Cell cell, FitWatcher watcher);

  /** The evaluation of a name in the plan, prepared once and kept. */
  Evaluation evaluation(String name);

  /** The metrics of an evaluation over item results, without its prefix: mc1, mc2, ... */
  Map<String, Double> metrics(PlannedEvaluation planned, List<ItemResult> results);

  /**
   * The largest absolute change that a cell's intervention makes to any next-token logit of the
   * first item, of the cell's first evaluation that it changes anything in: 0 means that it changes
   * nothing (a no-op).
   */
  double effect(Cell cell, Intervention intervention);

  /** How long a generated token takes; empty where that is not measured. */
  Optional<GenerationTime> generation(Intervention intervention);

  @Override
  void close();
}
