package org.trimtab.evaluators;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.Opinion;
import org.trimtab.evaluate.BuiltInEvaluator;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.LikelihoodEvaluation;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.PromptTokens;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Key;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;
import org.trimtab.spec.Metric.Direction;
import org.trimtab.spec.Metric.Scale;

/**
 * A model's opinions against those of people: the probabilities of the options' letters, refusals
 * left out and the rest made to sum to 1 (Santurkar et al., "Whose Opinions Do Language Models
 * Reflect?", ICML 2023).
 */
public final class Opinions extends BuiltInEvaluator<Opinions.OpinionSettings> {
  /**
   * Settings of opinion.
   *
   * @param dataset the questions with the shares of people who chose each option
   * @param items the items to score; null for all
   * @param limit only the first so many of them; null for all
   * @param group the group of people to compare with, {@code POLPARTY=Democrat} of a folder; null
   *     for all groups alike, or all respondents of a folder
   * @param chatTemplate whether the prompt goes into one user turn of the model's chat template
   */
  public record OpinionSettings(
      @Key("questions with the shares of people who chose each option") DatasetName dataset,
      @Key("items to score, such as 0-9; default all") @Nullable ItemSet items,
      @Key(value = "score only the first N of these items; default all", min = 1)
          @Nullable Integer limit,
      @Key(
              "the group of people to compare with, such as POLPARTY=Democrat of an OpinionQA folder;"
                  + " default all groups alike, or all respondents of a folder")
          @Nullable String group,
      @Key(
              value = "put the prompt into one user turn of the model's chat template",
              defaultValue = "false")
          boolean chatTemplate)
      implements EvaluationSettings {
    @Override
    public Set<DatasetKind> reads() {
      return Set.of(DatasetKind.OPINIONS);
    }

    @Override
    public Optional<ItemSet> scored() {
      return Optional.ofNullable(items);
    }

    @Override
    public OpinionSettings resolved(int available, OptionalInt planLimit) {
      ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
      return new OpinionSettings(dataset, chosen, null, group, chatTemplate);
    }
  }

  /** The questions of one plan, bound to a model; a request is an option's letter. */
  static final class OpinionEvaluation extends LikelihoodEvaluation {
    private final List<Opinion> opinions;
    private final Example example;

    /**
     * Binds questions.
     *
     * @param opinions all questions of the data set
     * @param requests those that are scored
     */
    OpinionEvaluation(
        List<Opinion> opinions, List<ScoringItem> requests, EvaluationContext context) {
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
      ObjectNode details =
          JsonNodeFactory.instance.objectNode().put("question", opinion.question());
      put(details.putArray("ll"), logLikelihoods);
      put(details.putArray("model"), model);
      put(details.putArray("people"), people);
      double distance = Distance.wasserstein(opinion.ordinals(), people, model);
      Map<String, Double> scores = new TreeMap<>();
      scores.put("representativeness", 1 - distance / Distance.largest(opinion.ordinals()));
      scores.put("kl", Distance.kullbackLeibler(people, logs));
      return new ItemResult(id, details, scores);
    }
  }

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "representativeness",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "1 - Wasserstein distance between the model's and people's answers, over the"
                          + " largest one.")
                  .asMain(),
              Metric.mean(
                  "kl",
                  Scale.NATS,
                  Direction.LOWER,
                  "KL(people || model) over the options of a question.")),
          ItemRoles.ofQuestion("question", null, List.of()));

  public Opinions() {
    super("opinion", 2, "opinion", OpinionSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(OpinionSettings settings, EvaluationContext context) {
    @Nullable String group = settings.group();
    boolean chatTemplate = settings.chatTemplate();
    ItemSet chosen = settings.scored().orElseThrow();
    List<Opinion> opinions = Opinion.read(context.dataset(), group);
    List<ScoringItem> items =
        opinions.stream()
            .filter(opinion -> chosen.contains(opinion.index()))
            .map(opinion -> item(opinion, chatTemplate, context))
            .toList();
    return new OpinionEvaluation(opinions, items, context);
  }

  private static ScoringItem item(
      Opinion opinion, boolean chatTemplate, EvaluationContext context) {
    PromptTokens prompt = PromptTokens.of(context.model(), opinion.prompt(), chatTemplate);
    String place = context.dataset() + ": item " + opinion.index();
    List<Request> letters =
        opinion.options().stream()
            .map(option -> Request.of(prompt, place, option.strip()))
            .toList();
    return new ScoringItem(opinion.index(), context.group().applyAsInt(opinion.index()), letters);
  }
}
