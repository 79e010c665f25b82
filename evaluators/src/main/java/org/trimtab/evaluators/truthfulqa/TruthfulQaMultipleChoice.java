package org.trimtab.evaluators.truthfulqa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.data.MultipleChoice;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.PromptTokens;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.EvaluatorDeclaration;

/**
 * TruthfulQA multiple choice: mc1, mc2 and their variants from one log-likelihood a choice. Equal
 * to lm-evaluation-harness item by item; a number that is not finite is refused instead of scored.
 */
public final class TruthfulQaMultipleChoice implements Evaluator {
  private static final int VERSION = 2;

  @Override
  public EvaluatorDeclaration declaration() {
    return new EvaluatorDeclaration(
        "truthfulqa-mc", VERSION, "truthfulqa", TruthfulQaMcSettings.class);
  }

  @Override
  public Evaluation prepare(PlannedEvaluation planned, EvaluationContext context) {
    ObjectNode settings = planned.settings();
    ItemSet chosen = ItemSet.parse(settings.get("items").asText());
    Prompt prompt =
        new Prompt(
            context.model(),
            settings.get("primer").asBoolean(),
            settings.get("chat_template").asBoolean());
    List<MultipleChoice> items =
        MultipleChoice.read(context.dataset()).stream()
            .filter(item -> chosen.contains(item.index()))
            .toList();
    // In parallel, since every choice is tokenised together with its whole context.
    List<ScoringItem> requests =
        items.parallelStream()
            .map(item -> requests(item, prompt, context.group().applyAsInt(item.index())))
            .toList();
    return new ChoiceEvaluation(items, requests, context);
  }

  @Override
  public Optional<Map<String, Double>> metrics(
      PlannedEvaluation planned, List<ItemResult> results) {
    return Optional.of(ChoiceEvaluation.means(results));
  }

  private static ScoringItem requests(MultipleChoice item, Prompt prompt, int group) {
    List<String> choices = new ArrayList<>(item.mc1().texts());
    choices.addAll(item.mc2().texts());
    PromptTokens context = prompt.context(item.question());
    String place = "truthfulqa item " + item.index();
    List<Request> requests =
        choices.stream().map(choice -> context.request(place, choice)).toList();
    return new ScoringItem(item.index(), group, requests);
  }
}
