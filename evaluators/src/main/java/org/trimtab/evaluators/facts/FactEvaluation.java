package org.trimtab.evaluators.facts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.Fact;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.intervene.Intervention;

/** The facts of one plan, bound to a model, which also scores them unmodified, once. */
final class FactEvaluation implements Evaluation {
  private final Map<Integer, Fact> facts = new HashMap<>();
  private final List<ScoringItem> items;
  private final ScoringPlan plan;
  private final Scorer scorer;
  private final Example example;

  /** The log-likelihoods under the unmodified model, by batch. */
  private final Map<Integer, List<double[]>> unmodified = new HashMap<>();

  private final Map<Integer, int[]> lengths = new HashMap<>();

  FactEvaluation(List<Fact> facts, List<ScoringItem> items, EvaluationContext context) {
    facts.forEach(fact -> this.facts.put(fact.index(), fact));
    this.items = List.copyOf(items);
    for (ScoringItem item : items) {
      lengths.put(item.item(), item.requests().stream().mapToInt(Request::scored).toArray());
    }
    plan = context.plan(items);
    scorer = context.scorer(plan);
    example = context.example(items);
  }

  @Override
  public List<List<Integer>> batches() {
    return plan.batches();
  }

  @Override
  public List<ScoringItem> continuations() {
    return items;
  }

  @Override
  public long tokens(int batch) {
    return plan.tokens(batch);
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention) {
    List<double[]> before = unmodified.get(batch);
    if (before == null) {
      before = scorer.score(batch, Intervention.NONE);
      unmodified.put(batch, before);
    }
    List<double[]> after =
        intervention == Intervention.NONE ? before : scorer.score(batch, intervention);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      int id = plan.batches().get(batch).get(i);
      Fact fact = Objects.requireNonNull(facts.get(id));
      int[] tokens = Objects.requireNonNull(lengths.get(id));
      results.add(result(fact, tokens, after.get(i), before.get(i)));
    }
    return results;
  }

  /**
   * The result of a fact.
   *
   * @param tokens the number of scored tokens of each text
   * @param ll the log-likelihood of each text, the true one first
   * @param unmodified the same under the unmodified model
   */
  static ItemResult result(Fact fact, int[] tokens, double[] ll, double[] unmodified) {
    double margin = margin(ll);
    double before = margin(unmodified);
    double perToken = margin(perToken(ll, tokens));
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("context", fact.context());
    details.put("answer", margin > 0 ? fact.truth() : fact.distractors().get(likeliest(ll) - 1));
    details.put("id", fact.id());
    put(details, "level", fact.level());
    put(details, "topic", fact.topic());
    ArrayNode sums = details.putArray("ll");
    ArrayNode counts = details.putArray("tokens");
    for (int i = 0; i < ll.length; i++) {
      sums.add(ll[i]);
      counts.add(tokens[i]);
    }
    details.put("native_margin", before);
    Map<String, Double> scores = new TreeMap<>();
    scores.put("margin", margin);
    scores.put("margin_per_token", perToken);
    scores.put(Facts.PASS, share(margin > 0));
    scores.put("pass_per_token", share(perToken > 0));
    scores.put(Facts.LOST, share(before > 0 && margin <= 0));
    scores.put(Facts.GAINED, share(before <= 0 && margin > 0));
    return new ItemResult(fact.index(), details, scores);
  }

  private static void put(ObjectNode details, String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
  }

  private static double share(boolean holds) {
    return holds ? 1 : 0;
  }

  /** The truth's value, which is the first, minus the largest of the others. */
  private static double margin(double[] values) {
    return values[0] - values[likeliest(values)];
  }

  /** The first maximum of the distractors. */
  private static int likeliest(double[] values) {
    int best = 1;
    for (int i = 2; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static double[] perToken(double[] ll, int[] tokens) {
    double[] means = new double[ll.length];
    Arrays.setAll(means, i -> ll[i] / tokens[i]);
    return means;
  }

  @Override
  public double effect(Intervention intervention) {
    return scorer.effect(intervention);
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(example);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
