package org.trimtab.evaluators.exactmatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.data.Pairs;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.plan.Shuffle;
import org.trimtab.spec.EvaluatorDeclaration;

/**
 * Exact match on rule tasks, as in the work on function vectors: greedy generation after {@code Q:
 * hot}, {@code A:}, of which the first line is compared with the target.
 */
public final class ExactMatch implements Evaluator {
  private static final int VERSION = 2;

  /** Every cell has the same examples, whatever its seed, so that cells differ in method alone. */
  private static final long EXAMPLES = 0;

  @Override
  public EvaluatorDeclaration declaration() {
    return new EvaluatorDeclaration(
        "exact-match", VERSION, "exact-match", ExactMatchSettings.class);
  }

  @Override
  public Evaluation prepare(PlannedEvaluation planned, EvaluationContext context) {
    ObjectNode settings = planned.settings();
    List<Pair> pairs = Pairs.read(context.dataset());
    ItemSet chosen = ItemSet.parse(settings.get("items").asText());
    ItemSet others = ItemSet.first(pairs.size()).minus(chosen);
    List<Pair> examples =
        Shuffle.of(others, EXAMPLES, "shots").stream()
            .limit(settings.get("shots").asInt())
            .map(pairs::get)
            .toList();
    return new PairEvaluation(
        pairs,
        chosen.ids(),
        PairPrompt.context(examples),
        settings.get("new_tokens").asInt(),
        settings.get("chat_template").asBoolean(),
        context);
  }

  @Override
  public Optional<Map<String, Double>> metrics(
      PlannedEvaluation planned, List<ItemResult> results) {
    return Optional.of(PairEvaluation.summary(results));
  }
}
