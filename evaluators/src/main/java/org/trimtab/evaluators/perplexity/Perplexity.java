package org.trimtab.evaluators.perplexity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.data.PlainText;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.plan.PlannedEvaluation;
import org.trimtab.spec.EvaluatorDeclaration;

/** Perplexity of a text: exp of the mean negative log-probability of its tokens. */
public final class Perplexity implements Evaluator {
  private static final int VERSION = 2;

  @Override
  public EvaluatorDeclaration declaration() {
    return new EvaluatorDeclaration("perplexity", VERSION, "wikitext", PerplexitySettings.class);
  }

  @Override
  public Evaluation prepare(PlannedEvaluation planned, EvaluationContext context) {
    ObjectNode settings = planned.settings();
    String text = PlainText.read(context.dataset());
    int[] tokens = context.model().tokenizer().encode(text, true);
    if (settings.hasNonNull("tokens")) {
      tokens = Arrays.copyOf(tokens, Math.min(tokens.length, settings.get("tokens").asInt()));
    }
    int window = settings.get("window").asInt();
    int stride = settings.get("stride").asInt();
    int most = context.model().decoder().config().contextLength();
    if (window > most) {
      throw new UserException(
          "perplexity: window %d is longer than the model's context of %d tokens"
              .formatted(window, most));
    }
    List<ScoringItem> windows = Windows.cut(tokens, window, stride);
    return new WindowEvaluation(windows, context);
  }

  @Override
  public Optional<Map<String, Double>> metrics(
      PlannedEvaluation planned, List<ItemResult> results) {
    return Optional.of(WindowEvaluation.perplexity(results));
  }
}
