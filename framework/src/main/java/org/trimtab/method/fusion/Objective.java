package org.trimtab.method.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.trimtab.evaluate.answer.QuestionPrompt;
import org.trimtab.evaluate.answer.WordOverlap;
import org.trimtab.model.Decoder;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * The objective of trials: J = w_o overlap - w_p min(perplexity / cap, 1). A text too short to have
 * a perplexity gets the cap, so that an empty answer never wins.
 */
final class Objective {
  private final ObjectiveSettings settings;
  private final Perplexities perplexities;

  /**
   * Binds the objective to a model.
   *
   * @param model the model of the perplexities
   */
  Objective(ObjectiveSettings settings, LanguageModel model) {
    this.settings = settings;
    perplexities = new Perplexities(model);
  }

  /**
   * The parts of J.
   *
   * @param overlap 0 to 1
   * @param perplexity empty for a text of fewer than two tokens
   * @param value J
   */
  record Value(double overlap, OptionalDouble perplexity, double value) {
    /** Writes the parts, for a journal. */
    void write(ObjectNode details) {
      details.put("overlap", overlap);
      perplexity.ifPresent(found -> details.put("perplexity", found));
      details.put("objective", value);
    }
  }

  /**
   * The values of some texts.
   *
   * @param prompts the prompt of each
   * @param continuations the texts generated after it
   */
  List<Value> of(List<QuestionPrompt> prompts, List<String> continuations) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      boolean whole = settings.text() == ObjectiveSettings.Text.WHOLE;
      texts.add((whole ? prompts.get(i).prompt().text() : "") + continuations.get(i));
    }
    List<OptionalDouble> found = perplexities.of(texts);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      double overlap = WordOverlap.of(texts.get(i), prompts.get(i).question().answer());
      double cap = settings.perplexityCap();
      double penalty = Math.min(found.get(i).orElse(cap) / cap, 1);
      double value = settings.overlapWeight() * overlap - settings.perplexityWeight() * penalty;
      values.add(new Value(overlap, found.get(i), value));
    }
    return values;
  }

  /**
   * Perplexities of texts under an unsteered model: exp of the mean negative log-likelihood of
   * every token but the first.
   */
  static final class Perplexities {
    /** The largest number of tokens per pass, which bounds the memory of their logits. */
    private static final int PASS_TOKENS = 512;

    private final LanguageModel model;

    Perplexities(LanguageModel model) {
      this.model = model;
    }

    /** The perplexity of each text; empty for one of fewer than two tokens. */
    List<OptionalDouble> of(List<String> texts) {
      List<OptionalDouble> perplexities = new ArrayList<>();
      List<int[]> group = new ArrayList<>();
      int tokens = 0;
      for (String text : texts) {
        int[] ids = model.tokenizer().encode(text, true);
        if (!group.isEmpty() && tokens + ids.length > PASS_TOKENS) {
          perplexities.addAll(computed(group));
          group.clear();
          tokens = 0;
        }
        group.add(ids);
        tokens += ids.length;
      }
      perplexities.addAll(computed(group));
      return perplexities;
    }

    private List<OptionalDouble> computed(List<int[]> texts) {
      List<int[]> scored = texts.stream().filter(text -> text.length > 1).toList();
      float[] read = scored.isEmpty() ? new float[0] : logProbabilities(scored);
      List<OptionalDouble> perplexities = new ArrayList<>();
      int at = 0;
      for (int[] text : texts) {
        int count = text.length - 1;
        double sum = 0;
        for (int i = 0; i < count; i++) {
          sum += read[at++];
        }
        perplexities.add(
            count < 1 ? OptionalDouble.empty() : OptionalDouble.of(Math.exp(-sum / count)));
      }
      return perplexities;
    }

    /** The log-probability of every token but each text's first. */
    private float[] logProbabilities(List<int[]> texts) {
      int count = texts.stream().mapToInt(text -> text.length - 1).sum();
      long[] rows = new long[count];
      long[] tokens = new long[count];
      int at = 0;
      int before = 0;
      for (int[] text : texts) {
        for (int i = 1; i < text.length; i++) {
          rows[at] = before + i - 1L;
          tokens[at++] = text[i];
        }
        before += text.length;
      }
      Decoder decoder = model.decoder();
      List<Segment> segments = texts.stream().map(Segment::of).toList();
      try (NDManager scratch = decoder.manager().newSubManager();
          Pass pass = decoder.pass(scratch, segments, Intervention.NONE)) {
        NDArray hidden = decoder.run(scratch, pass);
        return decoder
            .logProbabilities(hidden, scratch.create(rows), scratch.create(tokens))
            .toFloatArray();
      }
    }
  }
}
