package org.trimtab.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.grade.GradeShares;
import org.trimtab.plan.Cell;
import org.trimtab.plan.Plan;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellJournal;
import org.trimtab.run.CellStatus;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;

/**
 * What a table needs of a cell's journal: its scores without the details of items.
 *
 * @param cell the cell as the plan has it
 * @param status how far it is
 * @param end how it ended; null unless it ended
 * @param noOp whether its intervention changes nothing
 * @param facts what is known of its fit; null before the fit
 * @param oracle what of the items' gold answers it used to answer them; null for nothing
 * @param evaluated its metrics, by evaluation
 * @param scores item scores, of a perplexity the negative log-likelihood per token: by evaluation,
 *     item id and the name of the score or metric
 * @param weights the tokens of items that have a perplexity: by evaluation and item id
 */
record ScoredCell(
    Cell cell,
    CellStatus status,
    @Nullable CellEnd end,
    boolean noOp,
    @Nullable ObjectNode facts,
    @Nullable String oracle,
    Map<String, CellJournal.Evaluated> evaluated,
    Map<String, Map<Integer, Map<String, Double>>> scores,
    Map<String, Map<Integer, Double>> weights) {

  /** The number of answers that wait for a judge. */
  long ungraded() {
    return scores.values().stream()
        .flatMap(items -> items.values().stream())
        .filter(GradeShares::isUngraded)
        .count();
  }

  static ScoredCell of(Plan plan, Cell cell, Optional<CellJournal> journal) {
    if (journal.isEmpty()) {
      return new ScoredCell(
          cell, CellStatus.NOT_RUN, null, false, null, null, Map.of(), Map.of(), Map.of());
    }
    CellJournal known = journal.get();
    Map<String, Map<Integer, Map<String, Double>>> scores = new HashMap<>();
    Map<String, Map<Integer, Double>> weights = new HashMap<>();
    for (PlannedEvaluation planned : cell.evaluations()) {
      Measurement measurement = plan.measurement(planned);
      Map<Integer, Map<String, Double>> items = new LinkedHashMap<>();
      for (ItemResult result : known.results(planned.name())) {
        Map<String, Double> own = new HashMap<>(result.scores());
        for (Metric metric : measurement.metrics()) {
          if (metric.aggregation() == Metric.Aggregation.PERPLEXITY) {
            double nll = result.details().path(measurement.roles().nll()).asDouble();
            double tokens = result.details().path(measurement.roles().tokens()).asDouble();
            own.put(metric.name(), nll / tokens);
            weights
                .computeIfAbsent(planned.name(), key -> new HashMap<>())
                .put(result.item(), tokens);
          }
        }
        items.put(result.item(), own);
      }
      scores.put(planned.name(), items);
    }
    return new ScoredCell(
        cell,
        known.status(),
        known.end(),
        Boolean.TRUE.equals(known.noOp()),
        known.facts(),
        known.oracle(),
        known.evaluated(),
        scores,
        weights);
  }

  boolean done() {
    return status == CellStatus.DONE;
  }

  /** A metric of one evaluation; null when it was not measured. */
  @Nullable Double metric(PlannedEvaluation planned, String name) {
    CellJournal.Evaluated complete = evaluated.get(planned.name());
    return complete == null ? null : complete.metrics().get(name);
  }

  /** The items of one evaluation. */
  Map<Integer, Map<String, Double>> items(PlannedEvaluation planned) {
    return scores.getOrDefault(planned.name(), Map.of());
  }

  /** The weights of the items of one evaluation. */
  Map<Integer, Double> weights(PlannedEvaluation planned) {
    return weights.getOrDefault(planned.name(), Map.of());
  }
}
