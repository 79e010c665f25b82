package org.trimtab.say;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Json;
import org.trimtab.model.Generator.TokenChoice;
import org.trimtab.model.Sampling;
import org.trimtab.model.TextGenerator.Decoding;

/**
 * How prompts are put and tokens are chosen, the same for both sides.
 *
 * @param chat whether prompts are user turns of the model's chat template
 * @param sampling how tokens are drawn; null for the most probable ones
 * @param seed of the random numbers: one per prompt and place, which both sides share
 * @param decoding when a text ends
 */
public record Manner(boolean chat, @Nullable Sampling sampling, long seed, Decoding decoding) {
  /**
   * How the tokens of one reply are chosen.
   *
   * @param prompt the 0-based number of the prompt
   */
  TokenChoice choice(int prompt) {
    return sampling == null ? TokenChoice.GREEDY : sampling.choice(seed, prompt, 0);
  }

  /** As JSON. */
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    tree.put("chat_template", chat);
    tree.put("decoding", sampling == null ? "greedy" : "sample");
    if (sampling != null) {
      tree.put("temperature", sampling.temperature());
      tree.put("top_p", sampling.topP());
      tree.put("top_k", sampling.topK());
      tree.put("seed", seed);
    }
    tree.put("max_tokens", decoding.limit());
    tree.set("stop", Json.MAPPER.valueToTree(decoding.stops()));
    return tree;
  }

  /** For people: {@code greedy}, {@code temperature 0.7, top-p 1, seed 0}. */
  String text() {
    return sampling == null
        ? "greedy"
        : "temperature " + sampling.temperature() + ", top-p " + sampling.topP() + ", seed " + seed;
  }
}
