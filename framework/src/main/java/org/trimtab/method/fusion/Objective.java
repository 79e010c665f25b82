package org.trimtab.method.fusion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.trimtab.evaluate.answer.Asked;
import org.trimtab.evaluate.answer.WordOverlap;
import org.trimtab.model.LanguageModel;

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
   * @param asked the prompt of each
   * @param continuations the texts generated after it
   */
  List<Value> of(List<Asked> asked, List<String> continuations) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      boolean whole = settings.text() == ObjectiveSettings.Text.WHOLE;
      texts.add((whole ? asked.get(i).text() : "") + continuations.get(i));
    }
    List<OptionalDouble> found = perplexities.of(texts);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      double overlap = WordOverlap.of(texts.get(i), asked.get(i).question().answer());
      double cap = settings.perplexityCap();
      double penalty = Math.min(found.get(i).orElse(cap) / cap, 1);
      double value = settings.overlapWeight() * overlap - settings.perplexityWeight() * penalty;
      values.add(new Value(overlap, found.get(i), value));
    }
    return values;
  }
}
