package org.trimtab.method.fusion;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.answer.Answer;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.fusion.TrialSearch.TrialPlan;
import org.trimtab.method.tune.Point;
import org.trimtab.method.tune.Trial;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.TextGenerator;

/**
 * Answers each question by the best of its trials. Trials of all questions, and those of one that
 * do not depend on each other, are generated together. A trial whose logits are not finite has no
 * value and cannot win.
 */
final class TrialSearch implements AnsweringIntervention {
  /** How every selection among trials uses the gold answer, for tables. */
  static final String CHOSEN = "chosen by the question's own gold answer";

  private static final String SETTINGS = "settings";
  private static final String OBJECTIVE = "objective";

  private final int lowestLayer;
  private final TrialPlans plans;
  private final Objective objective;
  private final TextGenerator generator;
  private final NDManager manager;
  private final AutoCloseable owned;

  /**
   * Binds a search to a model.
   *
   * @param lowestLayer the lowest block that a trial changes
   * @param owned is closed with this
   */
  TrialSearch(
      LanguageModel model,
      int lowestLayer,
      TrialPlans plans,
      Objective objective,
      AutoCloseable owned) {
    this.lowestLayer = lowestLayer;
    this.plans = plans;
    this.objective = objective;
    this.owned = owned;
    generator = new TextGenerator(model);
    manager = model.decoder().manager().newSubManager();
  }

  /**
   * A search as the result of a fit.
   *
   * @param oracle how it uses the gold answer
   */
  static FittedMethod fitted(
      FitContext context,
      TrialPlans plans,
      ObjectiveSettings settings,
      int lowestLayer,
      String oracle) {
    String second = settings.perplexityModel();
    LanguageModel judge = second == null ? context.model() : context.models().apply(second);
    Objective objective = new Objective(settings, judge);
    AutoCloseable owned = second == null ? () -> {} : judge;
    return new FittedMethod(
        new TrialSearch(context.model(), lowestLayer, plans, objective, owned),
        Map.of(AnsweringIntervention.ORACLE, oracle));
  }

  /** Trials {@code from} to {@code to} - 1 of every question. */
  private record Wave(int from, int to) {}

  /** One row of a generation. */
  private record Row(TrialPlan plan, int trial, Point point) {
    QuestionPrompt questionPrompt() {
      return plan.questionPrompt();
    }

    int item() {
      return questionPrompt().question().index();
    }
  }

  @Override
  public int lowestLayer() {
    return lowestLayer;
  }

  @Override
  public boolean positionWise() {
    return false;
  }

  @Override
  public Generator.Prompt first(ShortQuestion question, QuestionTask task) {
    TrialPlan plan = plans.of(manager, List.of(question), task).get(0);
    return plan.prompt(0, plan.point(0, List.of()));
  }

  @Override
  public List<Answer> answer(List<ShortQuestion> questions, QuestionTask task, TrialLog log) {
    try (NDManager scratch = manager.newSubManager()) {
      List<TrialPlan> all = plans.of(scratch, questions, task);
      List<List<AnswerTrial>> made = new ArrayList<>();
      all.forEach(plan -> made.add(new ArrayList<>()));
      for (Wave wave : waves(all.get(0), Math.max(1, task.rows() / all.size()))) {
        if (!known(wave, all, made, log)) {
          List<AnswerTrial> fresh = tried(rows(wave, all, made), task);
          log.add(fresh);
          for (int i = 0; i < fresh.size(); i++) {
            made.get(i % all.size()).add(fresh.get(i));
          }
        }
      }
      return made.stream().map(TrialSearch::best).toList();
    }
  }

  /** Trials in order, as a function of the plan, so that a wave is complete or absent. */
  private static List<Wave> waves(TrialPlan plan, int most) {
    List<Wave> waves = new ArrayList<>();
    for (int from = 0; from < plan.trials(); ) {
      int count = Math.min(most, plan.together(from));
      int to = Math.min(plan.trials(), from + count);
      waves.add(new Wave(from, to));
      from = to;
    }
    return waves;
  }

  /** Takes a wave from the log if it is complete there. */
  private static boolean known(
      Wave wave, List<TrialPlan> all, List<List<AnswerTrial>> made, TrialLog log) {
    List<List<AnswerTrial>> found = new ArrayList<>();
    for (TrialPlan plan : all) {
      List<AnswerTrial> own =
          log.of(plan.questionPrompt().question().index()).stream()
              .filter(trial -> trial.number() >= wave.from() && trial.number() < wave.to())
              .toList();
      if (own.size() < wave.to() - wave.from()) {
        return false;
      }
      found.add(own);
    }
    for (int i = 0; i < found.size(); i++) {
      made.get(i).addAll(found.get(i));
    }
    return true;
  }

  /** Trial by trial, each with all questions. */
  private static List<Row> rows(Wave wave, List<TrialPlan> all, List<List<AnswerTrial>> made) {
    List<Row> rows = new ArrayList<>();
    for (int number = wave.from(); number < wave.to(); number++) {
      for (int i = 0; i < all.size(); i++) {
        List<Trial> history = made.get(i).stream().map(TrialSearch::trial).toList();
        rows.add(new Row(all.get(i), number, all.get(i).point(number, history)));
      }
    }
    return rows;
  }

  private static Trial trial(AnswerTrial trial) {
    ObjectNode details = trial.details();
    return new Trial(
        trial.number(),
        Point.of((ObjectNode) details.required(SETTINGS)),
        value(trial).orElse(Double.NaN));
  }

  private static Optional<Double> value(AnswerTrial trial) {
    return trial.details().has(OBJECTIVE)
        ? Optional.of(trial.details().get(OBJECTIVE).doubleValue())
        : Optional.empty();
  }

  private List<AnswerTrial> tried(List<Row> rows, QuestionTask task) {
    List<TextGenerator.@Nullable Continuation> texts = generated(rows, task);
    List<QuestionPrompt> prompts = new ArrayList<>();
    List<String> continuations = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      TextGenerator.Continuation text = texts.get(i);
      if (text != null) {
        prompts.add(rows.get(i).questionPrompt());
        continuations.add(text.text());
      }
    }
    List<Objective.Value> values = objective.of(prompts, continuations);
    List<AnswerTrial> trials = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      ObjectNode details = JsonNodeFactory.instance.objectNode();
      details.set(SETTINGS, row.point().tree());
      TextGenerator.Continuation text = texts.get(i);
      if (text != null) {
        details.put("text", text.text());
        details.put("tokens", text.tokens().length);
        details.put("ending", text.ending().name().toLowerCase(Locale.ROOT));
        values.get(next++).write(details);
      }
      trials.add(new AnswerTrial(row.item(), row.trial(), details));
    }
    return trials;
  }

  /** The text of each row; null if its logits were not finite, which does not affect the others. */
  private List<TextGenerator.@Nullable Continuation> generated(List<Row> rows, QuestionTask task) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    List<TextGenerator.@Nullable Continuation> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(null));
    while (!left.isEmpty()) {
      try {
        List<Generator.Prompt> prompts =
            left.stream()
                .map(rows::get)
                .map(row -> row.plan().prompt(row.trial(), row.point()))
                .toList();
        List<TextGenerator.Continuation> found = generator.generate(prompts, task.decoding());
        for (int i = 0; i < found.size(); i++) {
          texts.set(left.get(i), found.get(i));
        }
        left.clear();
      } catch (NonFiniteLogitsException e) {
        left.remove(e.prompt());
      }
    }
    return texts;
  }

  /** The answer of the best trial, the first of equal ones; empty if none has a value. */
  private static Answer best(List<AnswerTrial> trials) {
    AnswerTrial best = trials.get(0);
    for (AnswerTrial trial : trials) {
      if (value(trial).orElse(Double.NEGATIVE_INFINITY)
          > value(best).orElse(Double.NEGATIVE_INFINITY)) {
        best = trial;
      }
    }
    ObjectNode details = best.details().deepCopy();
    String text = details.path("text").asText("");
    int tokens = details.path("tokens").asInt(0);
    String ending = details.path("ending").asText(Answer.DIVERGED);
    details.remove(List.of("text", "tokens", "ending"));
    details.put("trial", best.number());
    details.put("trials", trials.size());
    return new Answer(text, tokens, ending, details);
  }

  @Override
  public void close() {
    manager.close();
    try {
      owned.close();
    } catch (Exception e) {
      throw new IllegalStateException("a model cannot be closed", e);
    }
  }

  /** The trials for one question: how many, with which settings, after which prompt. */
  interface TrialPlan {
    /** The question with its prompt. */
    QuestionPrompt questionPrompt();

    /** The number of trials. */
    int trials();

    /**
     * The number of trials, starting at a given one, that do not depend on each other's values; at
     * least 1.
     */
    int together(int trial);

    /** The settings of a trial: a pure function of cell, question, number and earlier trials. */
    Point point(int trial, List<Trial> history);

    /** The prompt of a trial. */
    Generator.Prompt prompt(int trial, Point point);
  }

  /** Plans the trials for each question. */
  @FunctionalInterface
  interface TrialPlans {
    /**
     * Prepares questions together.
     *
     * @param owner owns arrays on the device
     * @return one per question, with equal numbers of trials
     */
    List<TrialPlan> of(NDManager owner, List<ShortQuestion> questions, QuestionTask task);
  }
}
