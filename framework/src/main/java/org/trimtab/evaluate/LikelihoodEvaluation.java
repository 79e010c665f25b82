package org.trimtab.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.intervene.Intervention;

/**
 * An evaluation whose results follow from the log-likelihoods of its items' requests alone. An
 * evaluator only has to convert these to results.
 */
public abstract class LikelihoodEvaluation implements Evaluation {
  private final List<ScoringItem> items;
  private final ScoringPlan plan;
  private final Scorer scorer;

  /** Binds items to a model. */
  protected LikelihoodEvaluation(List<ScoringItem> items, EvaluationContext context) {
    this.items = List.copyOf(items);
    plan = context.plan(items);
    scorer = context.scorer(plan);
  }

  /**
   * The result of one item.
   *
   * @param logLikelihoods in nats, one for each of the item's requests
   */
  protected abstract ItemResult result(int item, double[] logLikelihoods);

  /** Adds values to the details of a result. */
  protected static void put(ArrayNode array, double[] values) {
    Arrays.stream(values).forEach(array::add);
  }

  @Override
  public final List<List<Integer>> batches() {
    return plan.batches();
  }

  @Override
  public final List<ScoringItem> continuations() {
    return items;
  }

  @Override
  public final long tokens(int batch) {
    return plan.tokens(batch);
  }

  @Override
  public final List<ItemResult> score(int batch, Intervention intervention) {
    List<double[]> scored = scorer.score(batch, intervention);
    List<Integer> items = plan.batches().get(batch);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      results.add(result(items.get(i), scored.get(i)));
    }
    return results;
  }

  @Override
  public final double effect(Intervention intervention) {
    return scorer.effect(intervention);
  }

  @Override
  public final void close() {
    scorer.close();
  }
}
