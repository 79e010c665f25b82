package org.trimtab.report;

import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.Metric;

/**
 * A metric of a table.
 *
 * @param evaluation the evaluation that measured it
 * @param declared the metric as its evaluator declares it
 * @param main whether it belongs to the table's main columns
 */
public record TableMetric(PlannedEvaluation evaluation, Metric declared, boolean main) {
  /** prefix/name. */
  public String name() {
    return prefix() + "/" + declared.name();
  }

  /** The evaluation's part of the name. */
  public String prefix() {
    return evaluation.metricPrefix();
  }

  /** The name without its prefix. */
  public String shortName() {
    return declared.name();
  }

  /** Whether it is shown in percent. */
  public boolean share() {
    return declared.scale() == Metric.Scale.SHARE;
  }

  /** Whether it is the mean of item scores, so that rows can be compared item by item. */
  public boolean compared() {
    return declared.aggregation() == Metric.Aggregation.MEAN;
  }

  /** Whether it is a perplexity, merged over folds by the mean of its logarithm. */
  public boolean perplexity() {
    return declared.aggregation() == Metric.Aggregation.PERPLEXITY;
  }

  /** Which values are better. */
  public Metric.Direction direction() {
    return declared.direction();
  }

  TableMetric main(boolean other) {
    return new TableMetric(evaluation, declared, other);
  }
}
