package org.example.letters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.DatasetKind;
import org.trimtab.data.MultipleChoice;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.Evaluator;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.Generator;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.TextGenerator;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.EvaluationSettings;
import org.trimtab.plan.ItemSet;
import org.trimtab.spec.DatasetName;
import org.trimtab.spec.ItemRoles;
import org.trimtab.spec.Key;
import org.trimtab.spec.Measurement;
import org.trimtab.spec.Metric;

/** How often a letter occurs in the model's own answers to questions. */
public final class LetterCount implements Evaluator<LetterCount.LetterSettings> {
  /** Raised whenever the results change. */
  private static final int VERSION = 1;

  /** Shown, compared and verified by what stands here. */
  private static final Measurement MEASUREMENT =
      new Measurement(
          List.of(
              Metric.mean(
                      "per_answer",
                      Metric.Scale.NUMBER,
                      Metric.Direction.NEITHER,
                      "How often the letter occurs in an answer.")
                  .asMain()),
          new ItemRoles(null, "answer", null, null, List.of()));

  /**
   * The keys of {@code letter-count} in a spec.
   *
   * @param dataset the questions
   * @param items the items to score; null for all
   * @param letter the letter to count, in either case
   * @param newTokens the length of an answer
   */
  public record LetterSettings(
      @Key("a data set of multiple-choice questions") DatasetName dataset,
      @Key("items to score, such as 0-19; default all") @Nullable ItemSet items,
      @Key(value = "the letter to count, in either case", defaultValue = "e") String letter,
      @Key(value = "tokens to generate at most", defaultValue = "16", min = 1, max = 4096)
          int newTokens)
      implements EvaluationSettings {
    @Override
    public Set<DatasetKind> reads() {
      return Set.of(DatasetKind.MULTIPLE_CHOICE);
    }

    @Override
    public Optional<ItemSet> scored() {
      return Optional.ofNullable(items);
    }

    /** The items as numbers: this is what a cell's identity holds. */
    @Override
    public LetterSettings resolved(int available, OptionalInt limit) {
      ItemSet chosen = EvaluationSettings.select(dataset, items, null, available, limit);
      return new LetterSettings(dataset, chosen, letter, newTokens);
    }
  }

  @Override
  public String name() {
    return "letter-count";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public Measurement measurement() {
    return MEASUREMENT;
  }

  @Override
  public String metricPrefix() {
    return "letters";
  }

  @Override
  public Class<LetterSettings> settings() {
    return LetterSettings.class;
  }

  @Override
  public Evaluation prepare(LetterSettings settings, EvaluationContext context) {
    List<ScoringItem> items = new ArrayList<>();
    for (MultipleChoice item : MultipleChoice.read(context.dataset())) {
      if (settings.items() == null || settings.items().contains(item.index())) {
        PromptTokens prompt =
            PromptTokens.of(context.model(), "Q: " + item.question() + "\nA:", false);
        String answer = item.mc1().texts().get(0);
        items.add(
            new ScoringItem(
                item.index(),
                context.group().applyAsInt(item.index()),
                List.of(Request.of(prompt, "item " + item.index(), answer))));
      }
    }
    return new Counting(settings, items, context);
  }

  /** The items of one plan, bound to a model. */
  private static final class Counting implements Evaluation {
    private final LetterSettings settings;
    private final EvaluationContext context;
    private final Map<Integer, int[]> prompts = new HashMap<>();
    private final ScoringPlan plan;
    private final Scorer scorer;

    Counting(LetterSettings settings, List<ScoringItem> items, EvaluationContext context) {
      this.settings = settings;
      this.context = context;
      items.forEach(item -> prompts.put(item.item(), item.requests().get(0).context()));
      plan = context.plan(items);
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
      List<Integer> items = plan.batches().get(batch);
      List<TextGenerator.Continuation> answers =
          new TextGenerator(context.model())
              .generate(
                  items.stream()
                      .map(item -> new Generator.Prompt(prompts.get(item), intervention))
                      .toList(),
                  new Decoding(settings.newTokens(), List.of("\n")));
      List<ItemResult> results = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        String answer = answers.get(i).text();
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("answer", answer);
        double count = answer.split("(?i)" + Pattern.quote(settings.letter()), -1).length - 1;
        results.add(new ItemResult(items.get(i), details, Map.of("per_answer", count)));
      }
      return results;
    }

    @Override
    public double effect(Intervention intervention) {
      return scorer.effect(intervention);
    }

    @Override
    public void close() {
      scorer.close();
    }
  }
}
