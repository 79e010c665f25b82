package org.trimtab.evaluators.texts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.trimtab.UserException;
import org.trimtab.data.Prompt;
import org.trimtab.evaluate.Continuations;
import org.trimtab.evaluate.Evaluation;
import org.trimtab.evaluate.EvaluationContext;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;
import org.trimtab.model.TextGenerator.Continuation;
import org.trimtab.model.TextGenerator.Ending;
import org.trimtab.model.intervene.Intervention;

/** Prompts bound to a model. A batch is small, so that an interrupted run loses little. */
final class TextEvaluation implements Evaluation {
  /** So many tokens of a batch make a row: 16 rows on the CPU. */
  private static final int TOKENS_A_ROW = 32;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

  /** The length of the runs of words whose repetition is measured. */
  private static final int RUN = 4;

  private final Map<Integer, String> prompts = new HashMap<>();
  private final Continuations continuations;

  TextEvaluation(List<Prompt> prompts, TextsSettings settings, EvaluationContext context) {
    List<Continuations.Item> items = new ArrayList<>();
    for (Prompt prompt : prompts) {
      this.prompts.put(prompt.index(), prompt.text());
      items.add(new Continuations.Item(prompt.index(), tokens(prompt, settings, context)));
    }
    int rows = Math.max(1, context.batchTokens() / TOKENS_A_ROW);
    continuations = new Continuations(context, settings.decoding(), items, rows);
  }

  private static PromptTokens tokens(
      Prompt prompt, TextsSettings settings, EvaluationContext context) {
    LanguageModel model = context.model();
    PromptTokens tokens = PromptTokens.of(model, prompt.text(), settings.chatTemplate());
    int most = model.decoder().config().contextLength();
    if (tokens.ids().length + settings.maxNewTokens() > most) {
      throw new UserException(
          "%s: prompt %d has %,d tokens; with max_new_tokens %,d that is more than the model's context of %,d"
              .formatted(
                  context.dataset(),
                  prompt.index(),
                  tokens.ids().length,
                  settings.maxNewTokens(),
                  most));
    }
    return tokens;
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
    List<Integer> items = batches().get(batch);
    List<Continuation> texts = continuations.of(batch, intervention);
    List<ItemResult> results = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      results.add(result(items.get(i), texts.get(i)));
    }
    return results;
  }

  private ItemResult result(int item, Continuation continuation) {
    ObjectNode details =
        JsonNodeFactory.instance
            .objectNode()
            .put(Texts.PROMPT, Objects.requireNonNull(prompts.get(item)))
            .put(Texts.TEXT, continuation.text())
            .put("tokens", continuation.tokens().length)
            .put("ending", continuation.ending().name().toLowerCase(Locale.ROOT));
    Map<String, Double> scores =
        Map.of(
            Texts.REPEATED,
            repeated(continuation.text()),
            Texts.LENGTH,
            (double) continuation.tokens().length,
            Texts.ENDED,
            continuation.ending() == Ending.LIMIT ? 0.0 : 1.0);
    return new ItemResult(item, details, scores);
  }

  /**
   * The share of runs of four words that occur earlier in a text; 0 for a text of fewer words. A
   * word is a run of letters and digits, in lower case.
   */
  static double repeated(String text) {
    List<String> words =
        WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
    Set<List<String>> seen = new HashSet<>();
    int runs = words.size() - RUN + 1;
    for (int from = 0; from < runs; from++) {
      seen.add(words.subList(from, from + RUN));
    }
    return runs <= 0 ? 0 : (runs - seen.size()) / (double) runs;
  }

  @Override
  public double effect(Intervention intervention) {
    return continuations.effect(intervention);
  }

  @Override
  public Optional<Example> example() {
    return Optional.of(continuations.example());
  }

  @Override
  public void close() {
    continuations.close();
  }
}
