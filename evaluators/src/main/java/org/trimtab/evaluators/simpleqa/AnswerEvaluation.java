package org.trimtab.evaluators.simpleqa;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.Continuations;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.Answer;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.QuestionTask;
import org.trimtab.evaluate.answer.Thoughts;
import org.trimtab.evaluate.answer.TrialLog;
import org.trimtab.evaluate.grade.Candidate;
import org.trimtab.evaluate.grade.Judge;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.evaluate.grade.Verdict;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.model.Generator;
import org.trimtab.model.Generator.TokenChoice;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.intervene.Intervention;

/** Questions bound to a model: a batch is answered together, then graded. */
final class AnswerEvaluation implements Evaluation, QuestionTask {
  /** A generated token costs a batch about as much as this many tokens of a longer pass. */
  private static final int TOKENS_A_ROW = 4;

  private final List<ShortQuestion> questions;
  private final SimpleQaSettings settings;
  private final LanguageModel model;
  private final EvaluationContext context;
  private final Decoding decoding;
  private final Map<Integer, QuestionPrompt> prompts = new LinkedHashMap<>();
  private final Continuations continuations;
  private final @Nullable Judge judge;

  AnswerEvaluation(
      List<ShortQuestion> questions, SimpleQaSettings settings, EvaluationContext context) {
    this.questions = questions;
    this.settings = settings;
    this.context = context;
    model = context.model();
    decoding = new Decoding(settings.maxNewTokens(), settings.stops());
    questions.forEach(question -> prompts.put(question.index(), prompt(question)));
    continuations =
        new Continuations(
            context,
            decoding,
            prompts.entrySet().stream()
                .map(each -> new Continuations.Item(each.getKey(), each.getValue().prompt()))
                .toList(),
            rows());
    JudgeSettings grading = settings.judge();
    judge = grading == null ? null : context.judges().open(grading);
  }

  @Override
  public List<ShortQuestion> questions() {
    return questions;
  }

  @Override
  public QuestionPrompt prompt(ShortQuestion question) {
    String template = settings.prompt();
    String text =
        template == null
            ? question.question()
            : template.replace(SimpleQaSettings.QUESTION, question.question());
    QuestionPrompt prompt = QuestionPrompt.of(model, question, text, settings.chatTemplate());
    int most = model.decoder().config().contextLength();
    if (prompt.tokens().length + decoding.limit() > most) {
      throw new UserException(
          "simpleqa: question %d has %d tokens; with max_new_tokens %d that is more than the model's context of %d"
              .formatted(question.index(), prompt.tokens().length, decoding.limit(), most));
    }
    return prompt;
  }

  @Override
  public Decoding decoding() {
    return decoding;
  }

  @Override
  public int rows() {
    return Math.max(1, context.batchTokens() / TOKENS_A_ROW);
  }

  private List<QuestionPrompt> rows(int batch) {
    return batches().get(batch).stream()
        .map(item -> Objects.requireNonNull(prompts.get(item)))
        .toList();
  }

  @Override
  public List<List<Integer>> batches() {
    return continuations.batches();
  }

  @Override
  public long tokens(int batch) {
    return continuations.tokens(batch);
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention) {
    return graded(
        rows(batch),
        continuations.of(batch, intervention).stream()
            .map(
                answer ->
                    new Answer(
                        answer.text(),
                        answer.tokens().length,
                        answer.ending().name().toLowerCase(Locale.ROOT),
                        JsonNodeFactory.instance.objectNode()))
            .toList());
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention, TrialLog log) {
    if (intervention instanceof AnsweringIntervention answering) {
      List<QuestionPrompt> rows = rows(batch);
      List<ShortQuestion> questions = rows.stream().map(QuestionPrompt::question).toList();
      return graded(rows, answering.answer(questions, this, log));
    }
    return score(batch, intervention);
  }

  private List<ItemResult> graded(List<QuestionPrompt> rows, List<Answer> answers) {
    List<GradedAnswer> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ShortQuestion question = rows.get(i).question();
      Answer answer = answers.get(i);
      if (answer.ending().equals(Answer.DIVERGED)) {
        int last = rows.get(i).tokens().length - 1;
        throw new DivergedException(model.decoder().config().layers(), last, question.index());
      }
      Optional<String> text = Thoughts.answer(rows.get(i).prompt().text(), answer.text());
      results.add(
          new GradedAnswer(
              question.index(),
              new Candidate(question.question(), question.answer(), text.orElse("").strip()),
              answer.tokens(),
              text.isEmpty() ? Answer.THINKING : answer.ending(),
              answer.details(),
              text.isEmpty() ? Verdict.ungraded("the answer: " + Thoughts.UNFINISHED) : null));
    }
    return (judge == null ? results : GradedAnswer.judged(results, judge))
        .stream().map(GradedAnswer::result).toList();
  }

  @Override
  public double effect(Intervention intervention) {
    return intervention instanceof AnsweringIntervention answering
        ? effect(answering.first(questions.get(0), this))
        : continuations.effect(intervention);
  }

  /** The largest change of a logit after the prompt of the first question. */
  private double effect(Generator.Prompt prompt) {
    float[] before = logits(new Generator.Prompt(rows(0).get(0).tokens(), Intervention.NONE));
    float[] after = logits(prompt);
    double change = 0;
    for (int i = 0; i < before.length; i++) {
      change = Math.max(change, Math.abs((double) after[i] - before[i]));
    }
    return change;
  }

  private float[] logits(Generator.Prompt prompt) {
    List<float[]> read = new ArrayList<>();
    TokenChoice reading =
        (logits, position) -> {
          read.add(logits);
          return TokenChoice.GREEDY.choose(logits, position);
        };
    new Generator(model.decoder())
        .generate(
            List.of(new Generator.Prompt(prompt.tokens(), prompt.intervention(), reading)),
            1,
            (row, generated) -> true);
    return read.get(0);
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(continuations.example());
  }

  @Override
  public void close() {
    continuations.close();
    if (judge != null) {
      judge.close();
    }
  }
}
