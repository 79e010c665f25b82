package org.trimtab.evaluators.simpleqa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ShortQuestion;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.grade.Candidate;
import org.trimtab.grade.Judge;
import org.trimtab.grade.JudgeSettings;
import org.trimtab.grade.Verdict;
import org.trimtab.intervene.Intervention;
import org.trimtab.model.Decoding;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.TextGenerator;
import org.trimtab.score.DivergedException;
import org.trimtab.score.Request;
import org.trimtab.score.Scorer;
import org.trimtab.score.ScoringItem;

/** Questions bound to a model: a batch is answered together, then graded. */
final class AnswerEvaluation implements Evaluation {
  /** A generated token costs a batch about as much as this many tokens of a longer pass. */
  private static final int TOKENS_A_ROW = 32;

  private record Asked(ShortQuestion question, int[] prompt) {
    Candidate answered(String answer) {
      return new Candidate(question.question(), question.answer(), answer);
    }
  }

  private final LanguageModel model;
  private final EvaluationContext context;
  private final TextGenerator generator;
  private final Decoding decoding;
  private final List<List<Asked>> batches;
  private final Scorer first;
  private final @Nullable Judge judge;

  AnswerEvaluation(
      List<ShortQuestion> questions, SimpleQaSettings settings, EvaluationContext context) {
    this.context = context;
    model = context.model();
    generator = new TextGenerator(model);
    decoding = new Decoding(settings.maxNewTokens(), settings.stop());
    batches = batches(questions.stream().map(question -> ask(question, settings)).toList());
    first = scorer(batches.get(0).get(0).prompt(), questions.get(0).index());
    JudgeSettings asked = settings.judge();
    judge = asked == null ? null : context.judges().open(asked);
  }

  private Asked ask(ShortQuestion question, SimpleQaSettings settings) {
    String template = settings.prompt();
    String text =
        template == null
            ? question.question()
            : template.replace(SimpleQaSettings.QUESTION, question.question());
    // A rendered chat template writes its own special tokens.
    int[] prompt =
        settings.chatTemplate()
            ? model.tokenizer().encode(model.userPrompt(text), false)
            : model.tokenizer().encode(text, true);
    int most = model.decoder().config().contextLength();
    if (prompt.length + decoding.limit() > most) {
      throw new UserException(
          "simpleqa: question %d has %d tokens; with max_new_tokens %d that is more than the model's context of %d"
              .formatted(question.index(), prompt.length, decoding.limit(), most));
    }
    return new Asked(question, prompt);
  }

  private List<List<Asked>> batches(List<Asked> asked) {
    Map<Integer, List<Asked>> groups = new TreeMap<>();
    for (Asked each : asked) {
      int group = context.group().applyAsInt(each.question().index());
      groups.computeIfAbsent(group, unused -> new ArrayList<>()).add(each);
    }
    int rows = Math.max(1, context.batchTokens() / TOKENS_A_ROW);
    List<List<Asked>> all = new ArrayList<>();
    for (List<Asked> group : groups.values()) {
      for (int from = 0; from < group.size(); from += rows) {
        all.add(group.subList(from, Math.min(from + rows, group.size())));
      }
    }
    return all;
  }

  /** Looks at the token behind a sequence, for what has no other scorer. */
  private Scorer scorer(int[] sequence, int item) {
    List<Request> next = List.of(new Request(sequence, new int[] {0}));
    return context.scorer(context.plan(List.of(new ScoringItem(item, 0, next))));
  }

  @Override
  public List<List<Integer>> batches() {
    return batches.stream()
        .map(batch -> batch.stream().map(asked -> asked.question().index()).toList())
        .toList();
  }

  @Override
  public long tokens(int batch) {
    return batches.get(batch).stream()
        .mapToLong(asked -> asked.prompt().length + decoding.limit())
        .sum();
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention) {
    List<Asked> rows = batches.get(batch);
    List<TextGenerator.Continuation> answers = answer(rows, intervention);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      candidates.add(rows.get(i).answered(answers.get(i).text().strip()));
    }
    List<Verdict> verdicts = judge == null ? List.of() : judge.grade(candidates);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      TextGenerator.Continuation answer = answers.get(i);
      results.add(
          new GradedAnswer(
                  rows.get(i).question().index(),
                  candidates.get(i),
                  answer.tokens().length,
                  answer.ending().name().toLowerCase(Locale.ROOT),
                  verdicts.isEmpty() ? null : verdicts.get(i))
              .result());
    }
    return results;
  }

  private List<TextGenerator.Continuation> answer(List<Asked> rows, Intervention intervention) {
    try {
      return generator.generate(
          rows.stream().map(asked -> new Generator.Prompt(asked.prompt(), intervention)).toList(),
          decoding);
    } catch (NonFiniteLogitsException e) {
      int item = rows.get(e.prompt()).question().index();
      try (Scorer place = scorer(e.tokens(), item)) {
        place.score(0, intervention);
      }
      throw new DivergedException(model.decoder().config().layers(), e.tokens().length - 1, item);
    }
  }

  @Override
  public double effect(Intervention intervention) {
    return first.effect(intervention);
  }

  @Override
  public Optional<Example> example() {
    int[] prompt = batches.get(0).get(0).prompt();
    return Optional.of(new Example(model.tokenizer().decode(prompt, false), ""));
  }

  @Override
  public Map<String, Double> metrics(List<ItemResult> results) {
    return GradedAnswer.metrics(results);
  }

  @Override
  public void close() {
    first.close();
    if (judge != null) {
      judge.close();
    }
  }
}
