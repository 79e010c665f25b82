package org.trimtab.report.verify;

import java.util.List;
import java.util.Map;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.PlannedEvaluation;

/** Computes the metrics of an evaluation from its items, as its evaluator does. */
@FunctionalInterface
public interface ItemMetrics {
  /** The metrics, without the evaluation's prefix. */
  Map<String, Double> of(PlannedEvaluation planned, List<ItemResult> results);
}
