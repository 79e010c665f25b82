package org.trimtab.report.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.PlannedEvaluation;

/** Computes the metrics of an evaluation from its items, as its evaluator does. */
@FunctionalInterface
public interface ItemMetrics {
  /** The metrics; nothing when the evaluator needs a model for them. */
  Optional<Map<String, Double>> of(PlannedEvaluation planned, List<ItemResult> results);
}
