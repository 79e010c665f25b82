package org.trimtab.evaluators.perplexity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.LikelihoodEvaluation;
import org.trimtab.evaluate.score.ScoringItem;

/** The windows of one text, bound to a model; an item is a window. */
final class WindowEvaluation extends LikelihoodEvaluation {
  private final List<ScoringItem> windows;

  WindowEvaluation(List<ScoringItem> windows, EvaluationContext context) {
    super(windows, context);
    this.windows = windows;
  }

  @Override
  protected ItemResult result(int window, double[] logLikelihoods) {
    int tokens = windows.get(window).requests().get(0).continuation().length;
    double nll = -logLikelihoods[0];
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("nll", nll).put("tokens", tokens);
    return new ItemResult(window, details, Map.of("nll_per_token", nll / tokens));
  }
}
