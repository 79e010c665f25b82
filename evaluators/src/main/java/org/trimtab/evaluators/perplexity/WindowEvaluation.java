package org.trimtab.evaluators.perplexity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.intervene.Intervention;
import org.trimtab.score.Scorer;
import org.trimtab.score.ScoringItem;
import org.trimtab.score.ScoringPlan;

/** The windows of one text, bound to a model; an item is a window. */
final class WindowEvaluation implements Evaluation {
  private final List<ScoringItem> windows;
  private final ScoringPlan plan;
  private final Scorer scorer;

  WindowEvaluation(List<ScoringItem> windows, EvaluationContext context) {
    this.windows = windows;
    plan = context.plan(windows);
    scorer = context.scorer(plan);
  }

  @Override
  public List<List<Integer>> batches() {
    return plan.batches();
  }

  @Override
  public long tokens(int batch) {
    return plan.tokens(batch);
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention) {
    List<double[]> scored = scorer.score(batch, intervention);
    List<Integer> ids = plan.batches().get(batch);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      int id = ids.get(i);
      int tokens = windows.get(id).requests().get(0).continuation().length;
      double nll = -scored.get(i)[0];
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.put("nll", nll).put("tokens", tokens);
      results.add(new ItemResult(id, details, Map.of("nll_per_token", nll / tokens)));
    }
    return results;
  }

  @Override
  public double effect(Intervention intervention) {
    return scorer.effect(intervention);
  }

  @Override
  public Map<String, Double> metrics(List<ItemResult> results) {
    return perplexity(results);
  }

  /** exp of the negative log-probability of all tokens over their number. */
  static Map<String, Double> perplexity(List<ItemResult> results) {
    double nll = results.stream().mapToDouble(r -> r.details().get("nll").asDouble()).sum();
    double tokens = results.stream().mapToDouble(r -> r.details().get("tokens").asDouble()).sum();
    return Map.of("perplexity", Math.exp(nll / tokens), "tokens", tokens);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
