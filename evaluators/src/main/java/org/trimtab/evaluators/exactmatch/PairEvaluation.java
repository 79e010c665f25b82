package org.trimtab.evaluators.exactmatch;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.data.Pair;
import org.trimtab.data.PairPrompt;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.Thoughts;
import org.trimtab.evaluate.grade.Grade;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.intervene.Intervention;

/** The pairs of one plan, bound to a model. */
final class PairEvaluation implements Evaluation {
  /**
   * The answer in a text, as it is compared: the first line in Unicode's form NFC, white space
   * around it taken off and white space within it made one space each, full stops at its end taken
   * off. Upper and lower case differ, since some tasks are about them.
   */
  static final class FirstLine {
    private FirstLine() {}

    static String of(String text) {
      int end = text.indexOf('\n');
      String line = end < 0 ? text : text.substring(0, end);
      return Normalizer.normalize(line, Normalizer.Form.NFC)
          .strip()
          .replaceAll("\\s+", " ")
          .replaceAll("[\\s.]+$", "");
    }

    /** Whether a generated text gives the answer that is wanted. */
    static boolean matches(String generated, String target) {
      return of(generated).equals(of(target));
    }
  }

  private final List<Pair> pairs;
  private final String examples;
  private final int newTokens;
  private final boolean chatTemplate;
  private final EvaluationContext context;
  private final List<List<Integer>> batches;
  private final List<Long> tokens;
  private final List<ScoringItem> items;
  private final Example example;

  /**
   * Tokenises everything once, so that a faulty target is found before anything runs.
   *
   * @param pairs all pairs of the data set
   * @param chosen ids of the pairs that are scored
   * @param examples answered examples before every prompt; empty for none
   */
  PairEvaluation(
      List<Pair> pairs,
      List<Integer> chosen,
      String examples,
      int newTokens,
      boolean chatTemplate,
      EvaluationContext context) {
    this.pairs = pairs;
    this.examples = examples;
    this.newTokens = newTokens;
    this.chatTemplate = chatTemplate;
    this.context = context;
    Map<Integer, ScoringItem> byId = new LinkedHashMap<>();
    for (int item : chosen) {
      List<Request> request = List.of(request(item, Intervention.NONE));
      byId.put(item, new ScoringItem(item, context.group().applyAsInt(item), request));
    }
    items = List.copyOf(byId.values());
    batches = context.plan(items).batches();
    tokens =
        batches.stream()
            .map(batch -> batch.stream().map(byId::get).mapToLong(this::most).sum())
            .toList();
    example = context.example(items);
  }

  private long most(ScoringItem item) {
    return item.requests().get(0).context().length + (long) newTokens;
  }

  private Request request(int item, Intervention intervention) {
    Pair pair = pairs.get(item);
    String prompt = intervention.context() + examples + PairPrompt.prompt(pair);
    return Request.of(
        PromptTokens.of(context.model(), prompt, chatTemplate),
        context.dataset() + ": item " + item,
        pair.target());
  }

  @Override
  public List<List<Integer>> batches() {
    return batches;
  }

  @Override
  public long tokens(int batch) {
    return tokens.get(batch);
  }

  @Override
  public List<ScoringItem> continuations() {
    return items;
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(example);
  }

  @Override
  public List<ItemResult> score(int batch, Intervention intervention) {
    LanguageModel model = context.model();
    List<Integer> items = batches.get(batch);
    List<Request> requests = items.stream().map(item -> request(item, intervention)).toList();
    FirstTokens first = new FirstTokens(model, items, requests, intervention);
    List<int[]> continuations = continued(requests, intervention, newTokens, first);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String text = model.tokenizer().decode(continuations.get(i), true);
      results.add(result(pairs.get(items.get(i)), text, first.answer(i, text), first.rank(i)));
    }
    return results;
  }

  private List<int[]> continued(
      List<Request> requests,
      Intervention intervention,
      int limit,
      Generator.Completion completion) {
    return new Generator(context.model().decoder())
        .generate(
            requests.stream()
                .map(request -> new Generator.Prompt(request.context(), intervention))
                .toList(),
            limit,
            completion);
  }

  private static ItemResult result(Pair pair, String text, Optional<String> answer, long rank) {
    ObjectNode details =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt", pair.prompt())
            .put("generated", text)
            .put("target", pair.target());
    Map<String, Double> scores = new TreeMap<>();
    boolean matches = answer.filter(each -> FirstLine.matches(each, pair.target())).isPresent();
    scores.put("exact_match", matches ? 1.0 : 0.0);
    if (answer.isEmpty()) {
      details.put("reason", Thoughts.UNFINISHED);
      scores.put(Grade.UNGRADED.word(), 1.0);
    }
    scores.put("rank", (double) rank);
    scores.put("reciprocal_rank", 1.0 / rank);
    return new ItemResult(pair.index(), details, scores);
  }

  @Override
  public double effect(Intervention intervention) {
    boolean inModel = intervention.lowestLayer() < Integer.MAX_VALUE;
    if (batches.isEmpty() || !(inModel || !intervention.context().isEmpty())) {
      return 0;
    }
    float[] before = logits(Intervention.NONE);
    float[] after = logits(intervention);
    double change = 0;
    for (int i = 0; i < after.length; i++) {
      change = Math.max(change, Math.abs(after[i] - before[i]));
    }
    return change;
  }

  /**
   * Next-token logits after the first item's prompt.
   *
   * @throws DivergedException when one is not finite
   */
  private float[] logits(Intervention intervention) {
    List<Integer> item = batches.get(0).subList(0, 1);
    List<Request> request = List.of(request(item.get(0), intervention));
    FirstTokens finite = new FirstTokens(context.model(), item, request, intervention);
    List<float[]> read = new ArrayList<>();
    continued(
        request,
        intervention,
        1,
        new Generator.Completion() {
          @Override
          public void logits(int step, List<Integer> open, NDArray logits) {
            finite.logits(step, open, logits);
            read.add(logits.toFloatArray());
          }

          @Override
          public boolean test(int row, int[] generated) {
            return true;
          }
        });
    return read.get(0);
  }

  /** What is computed is freed batch by batch. */
  @Override
  public void close() {}
}
