package org.trimtab.evaluators.truthfulqa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.data.MultipleChoice;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.LikelihoodEvaluation;
import org.trimtab.evaluate.score.ScoringItem;

/** The multiple-choice items of one plan, bound to a model. */
final class ChoiceEvaluation extends LikelihoodEvaluation {
  private final Map<Integer, MultipleChoice> items = new HashMap<>();
  private final Example example;

  ChoiceEvaluation(
      List<MultipleChoice> items, List<ScoringItem> requests, EvaluationContext context) {
    super(requests, context);
    items.forEach(item -> this.items.put(item.index(), item));
    example = context.example(requests);
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(example);
  }

  @Override
  protected ItemResult result(int id, double[] ll) {
    MultipleChoice item = Objects.requireNonNull(items.get(id));
    int split = item.mc1().size();
    double[] first = Arrays.copyOfRange(ll, 0, split);
    double[] second = Arrays.copyOfRange(ll, split, ll.length);
    List<Boolean> labels = item.mc2().labels();
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("question", item.question());
    details.put("answer", item.mc1().texts().get(ChoiceScores.likeliest(first)));
    put(details.putObject("mc1").putArray("ll"), first);
    ObjectNode mc2 = details.putObject("mc2");
    put(mc2.putArray("ll"), second);
    ArrayNode label = mc2.putArray("label");
    labels.forEach(truth -> label.add(truth ? 1 : 0));
    Map<String, Double> scores = new TreeMap<>();
    scores.put("mc1", ChoiceScores.mc1(first));
    scores.put("mc2", ChoiceScores.mc2(second, labels));
    scores.put("mc2_v2", ChoiceScores.mc2Older(second, labels));
    scores.put("mc3", ChoiceScores.mc3(second, labels));
    scores.put("tie", ChoiceScores.tie(first));
    scores.put("mc1_chance", 1.0 / split);
    scores.put("mc2_chance", (double) labels.stream().filter(l -> l).count() / labels.size());
    return new ItemResult(id, details, scores);
  }

  private static void put(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }
}
