package org.trimtab.method.fusion;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.method.BuiltInMethod;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.fusion.TrialSearch.TrialPlan;
import org.trimtab.method.fusion.TrialSearch.TrialPlans;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.model.Generator;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.plan.Cell;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;
import org.trimtab.spec.MethodKind;

/**
 * The gold answer stated in the unsteered model's prompt: a baseline of fusion. Anyone with the
 * gold answer can do this, so steering by it has to do better.
 */
public final class GoldInPrompt extends BuiltInMethod<GoldInPrompt.GoldInPromptSettings> {
  /**
   * Settings of the gold answer put into the prompt.
   *
   * @param question the text to ask instead of the question
   * @param objective computed for the answer, as for other trials
   */
  public record GoldInPromptSettings(
      @Key(
              value = "text to ask in place of the question, with {question} and {answer}",
              defaultValue = "\"{question} (The answer is: {answer})\"")
          String question,
      @Key(value = "what is computed for the answer", defaultValue = "{}")
          ObjectiveSettings objective)
      implements MethodSettings {
    private static final String ANSWER = "{answer}";

    /** Refuses a text without the answer. */
    public GoldInPromptSettings {
      if (!question.contains(ANSWER)) {
        throw new UserException("question '" + question + "': " + ANSWER + " is missing in it");
      }
    }

    /** The question with its answer in it. */
    String filled(String asked, String answer) {
      return question.replace("{question}", asked).replace(ANSWER, answer);
    }

    @Override
    public @Nullable String secondModel() {
      return objective.perplexityModel();
    }

    @Override
    public Map<String, String> unused() {
      return objective.unused();
    }
  }

  public GoldInPrompt() {
    super("gold-in-prompt", 1, MethodKind.BASELINE, GoldInPromptSettings.class);
  }

  @Override
  public int lowestLayer(GoldInPromptSettings settings) {
    return Integer.MAX_VALUE;
  }

  @Override
  public FittedMethod fit(Cell cell, GoldInPromptSettings settings, FitContext context) {
    TrialPlans plans =
        (owner, questions, task) ->
            questions.stream().map(question -> stated(question, settings, task)).toList();
    return TrialSearch.fitted(
        context,
        plans,
        settings.objective(),
        Integer.MAX_VALUE,
        "told the question's own gold answer");
  }

  private static TrialPlan stated(
      ShortQuestion question, GoldInPromptSettings settings, QuestionTask task) {
    String filled = settings.filled(question.question(), question.answer());
    return new Single(task.prompt(new ShortQuestion(question.index(), filled, question.answer())));
  }

  private record Single(QuestionPrompt questionPrompt) implements TrialPlan {
    @Override
    public int trials() {
      return 1;
    }

    @Override
    public int together(int trial) {
      return 1;
    }

    @Override
    public Point point(int trial, List<Trial> history) {
      return new Point(Map.of());
    }

    @Override
    public Generator.Prompt prompt(int trial, Point point) {
      return new Generator.Prompt(questionPrompt.tokens(), Intervention.NONE);
    }
  }
}
