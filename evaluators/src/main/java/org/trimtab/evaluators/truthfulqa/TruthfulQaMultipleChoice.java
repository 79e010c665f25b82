package org.trimtab.evaluators.truthfulqa;

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
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.MultipleChoice;
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
 * TruthfulQA multiple choice: mc1, mc2 and their variants from one log-likelihood a choice. Equal
 * to lm-evaluation-harness item by item; a number that is not finite is refused instead of scored.
 */
public final class TruthfulQaMultipleChoice
    extends BuiltInEvaluator<TruthfulQaMultipleChoice.TruthfulQaMcSettings> {
  /**
   * Settings of TruthfulQA by multiple choice.
   *
   * @param dataset the data set
   * @param items the items to score; null for all
   * @param limit only the first so many of them; null for all
   * @param primer whether the six question-answer pairs of the benchmark stand before each question
   * @param chatTemplate whether the context goes into one user turn and no space comes before a
   *     choice, as the harness does under a chat template
   */
  public record TruthfulQaMcSettings(
      @Key(value = "the data set", defaultValue = "truthfulqa") DatasetName dataset,
      @Key("items to score, such as 100-199; default all") @Nullable ItemSet items,
      @Key(value = "score only the first N of these items; default all", min = 1)
          @Nullable Integer limit,
      @Key(
              value =
                  "put the benchmark's six question-answer pairs before each question, as published"
                      + " scores do",
              defaultValue = "true")
          boolean primer,
      @Key(
              value = "put the context into one user turn of the model's chat template",
              defaultValue = "false")
          boolean chatTemplate)
      implements EvaluationSettings {
    @Override
    public Set<DatasetKind> reads() {
      return Set.of(DatasetKind.MULTIPLE_CHOICE);
    }

    @Override
    public Optional<ItemSet> scored() {
      return Optional.ofNullable(items);
    }

    @Override
    public TruthfulQaMcSettings resolved(int available, OptionalInt planLimit) {
      ItemSet chosen = EvaluationSettings.select(dataset, items, limit, available, planLimit);
      return new TruthfulQaMcSettings(dataset, chosen, null, primer, chatTemplate);
    }
  }

  /** The multiple-choice items of one plan, bound to a model. */
  static final class ChoiceEvaluation extends LikelihoodEvaluation {
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
  }

  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "mc1",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Questions whose best answer is the likeliest of its choices.")
                  .asMain(),
              Metric.mean(
                      "mc2",
                      Scale.SHARE,
                      Direction.HIGHER,
                      "Probability of the true choices among all choices.")
                  .asMain(),
              Metric.mean(
                  "mc3",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "True choices that are likelier than every false one."),
              Metric.mean(
                  "mc2_v2",
                  Scale.SHARE,
                  Direction.HIGHER,
                  "mc2 as older versions of lm-evaluation-harness split the choices."),
              Metric.mean(
                  "mc1_chance",
                  Scale.SHARE,
                  Direction.NEITHER,
                  "mc1 of a guess among the choices."),
              Metric.mean(
                  "mc2_chance",
                  Scale.SHARE,
                  Direction.NEITHER,
                  "Share of the choices that are true."),
              Metric.custom(
                  "ties",
                  Scale.NUMBER,
                  Direction.NEITHER,
                  "Questions of which several choices are the likeliest.")),
          ItemRoles.ofQuestion("question", "answer", List.of("mc1")));

  public TruthfulQaMultipleChoice() {
    super("truthfulqa-mc", 2, "truthfulqa", TruthfulQaMcSettings.class, MEASUREMENT);
  }

  @Override
  public Evaluation prepare(TruthfulQaMcSettings settings, EvaluationContext context) {
    ItemSet chosen = settings.scored().orElseThrow();
    Prompt prompt = new Prompt(context.model(), settings.primer(), settings.chatTemplate());
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
  public Map<String, Double> custom(List<ItemResult> results) {
    return Map.of("ties", results.stream().mapToDouble(r -> r.scores().get("tie")).sum());
  }

  private static ScoringItem requests(MultipleChoice item, Prompt prompt, int group) {
    List<String> choices = new ArrayList<>(item.mc1().texts());
    choices.addAll(item.mc2().texts());
    PromptTokens context = prompt.context(item.question());
    String place = "truthfulqa item " + item.index();
    List<Request> requests =
        choices.stream().map(choice -> Request.of(context, place, choice)).toList();
    return new ScoringItem(item.index(), group, requests);
  }
}
