package org.trimtab.evaluators.opinion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.data.Opinion;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.LikelihoodEvaluation;
import org.trimtab.evaluate.score.ScoringItem;

/** The questions of one plan, bound to a model; a request is an option's letter. */
final class OpinionEvaluation extends LikelihoodEvaluation {
  private final List<Opinion> opinions;
  private final Example example;

  /**
   * Binds questions.
   *
   * @param opinions all questions of the data set
   * @param requests those that are scored
   */
  OpinionEvaluation(List<Opinion> opinions, List<ScoringItem> requests, EvaluationContext context) {
    super(requests, context);
    this.opinions = opinions;
    example = context.example(requests);
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(example);
  }

  @Override
  protected ItemResult result(int id, double[] logLikelihoods) {
    Opinion opinion = opinions.get(id);
    double[] logs = Distance.renormalised(logLikelihoods);
    double[] model = Arrays.stream(logs).map(Math::exp).toArray();
    double[] people = opinion.shares().stream().mapToDouble(Double::doubleValue).toArray();
    ObjectNode details = JsonNodeFactory.instance.objectNode().put("question", opinion.question());
    put(details.putArray("ll"), logLikelihoods);
    put(details.putArray("model"), model);
    put(details.putArray("people"), people);
    double distance = Distance.wasserstein(opinion.ordinals(), people, model);
    Map<String, Double> scores = new TreeMap<>();
    scores.put("representativeness", 1 - distance / Distance.largest(opinion.ordinals()));
    scores.put("kl", Distance.kullbackLeibler(people, logs));
    return new ItemResult(id, details, scores);
  }

  private static void put(ArrayNode array, double[] values) {
    for (double value : values) {
      array.add(value);
    }
  }
}
