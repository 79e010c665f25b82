package org.trimtab.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.PlannedEvaluation;

/**
 * The content of a cell's journal up to its last complete line.
 *
 * @param cell the cell as its start line describes it; its index is that of the plan that began it
 * @param started when it was begun, ISO 8601 in UTC
 * @param ended when it ended; null unless it ended
 * @param environment where it was begun
 * @param facts facts of the fit worth recording; null before the fit
 * @param cost what the fit cost; null before it, and in journals of earlier versions
 * @param directions SHA-256 (hex) of the file of the directions that the fit learned; null for none
 * @param effect the largest change of any next-token logit of the first item; null before it was
 *     measured
 * @param generation how long a generated token takes; null where that was not measured
 * @param trials trials made on the way to items, by evaluation, in the order of writing; empty when
 *     the journal was read without items
 * @param items item results by evaluation, then by item id in the order of scoring; empty when the
 *     journal was read without items
 * @param evaluated metrics by evaluation, of those evaluations that are complete
 * @param end how it ended; null when it is running, was interrupted or killed
 * @param seconds wall time over all sessions, without that of killed ones
 * @param sessions how many times a process began, continued or retried it
 */
public record CellJournal(
    Cell cell,
    String started,
    @Nullable String ended,
    Environment environment,
    @Nullable ObjectNode facts,
    @Nullable CellCost cost,
    @Nullable String directions,
    @Nullable Double effect,
    @Nullable GenerationTime generation,
    Map<String, List<AnswerTrial>> trials,
    Map<String, Map<Integer, ItemResult>> items,
    Map<String, Evaluated> evaluated,
    @Nullable CellEnd end,
    double seconds,
    int sessions) {

  /**
   * One complete evaluation.
   *
   * @param items the number of items
   * @param metrics metrics without prefix, by name in alphabetical order
   * @param time when they were computed, ISO 8601 in UTC
   */
  public record Evaluated(int items, Map<String, Double> metrics, String time) {}

  /** The state of the cell. */
  public CellStatus status() {
    return end == null ? CellStatus.INCOMPLETE : end.status();
  }

  /**
   * Whether the intervention changes nothing; null before that was measured. Choosing among samples
   * changes answers without changing a logit.
   */
  public @Nullable Boolean noOp() {
    return effect == null ? null : effect == 0 && oracle() == null;
  }

  /** How the items' gold answers were used to answer them; null if they were not. */
  public @Nullable String oracle() {
    return facts == null ? null : facts.path(AnsweringIntervention.ORACLE).textValue();
  }

  /** The metrics of all complete evaluations as prefix/name, in the order of the spec. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (PlannedEvaluation evaluation : cell.evaluations()) {
      Evaluated complete = evaluated.get(evaluation.name());
      if (complete != null) {
        complete
            .metrics()
            .forEach((name, value) -> metrics.put(evaluation.metricPrefix() + "/" + name, value));
      }
    }
    return Collections.unmodifiableMap(metrics);
  }

  /** The results of one evaluation in the order of scoring. */
  public List<ItemResult> results(String evaluation) {
    return List.copyOf(items.getOrDefault(evaluation, Map.of()).values());
  }
}
