package org.trimtab.say;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Json;
import org.trimtab.say.Speech.Reply;

/**
 * A prompt and what was said.
 *
 * @param prompt as the user wrote it
 * @param settings strength, layers and the manner, as JSON
 * @param baseline the model's reply; null if it was not asked
 * @param edited the edited model's reply; null if it was not asked
 * @param divergences KL(base || edited) before each of its tokens, in nats; empty without a reply
 */
public record Said(
    String prompt,
    ObjectNode settings,
    @Nullable Reply baseline,
    @Nullable Reply edited,
    double[] divergences) {

  /** The index of the first token in which the replies differ. */
  OptionalInt firstDifference() {
    if (baseline == null || edited == null) {
      return OptionalInt.empty();
    }
    int common = Math.min(baseline.tokens().length, edited.tokens().length);
    int at = Arrays.mismatch(baseline.tokens(), 0, common, edited.tokens(), 0, common);
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /** The mean divergence; empty without a token. */
  Optional<Double> mean() {
    return divergences.length == 0
        ? Optional.empty()
        : Optional.of(Arrays.stream(divergences).sum() / divergences.length);
  }

  /** The index of the largest divergence; 0 without a token. */
  int largest() {
    int largest = 0;
    for (int i = 1; i < divergences.length; i++) {
      largest = divergences[i] > divergences[largest] ? i : largest;
    }
    return largest;
  }

  /**
   * As JSON, in full precision.
   *
   * @param of what it is said of: experiment, cell and model
   */
  public ObjectNode tree(Map<String, Object> of) {
    ObjectNode tree = Json.object();
    of.forEach((name, value) -> tree.set(name, Json.MAPPER.valueToTree(value)));
    tree.put("prompt", prompt);
    tree.set("settings", settings);
    put(tree, "baseline", baseline);
    put(tree, "edited", edited);
    firstDifference().ifPresent(at -> tree.put("first_difference", at));
    if (edited != null) {
      ObjectNode kl = tree.putObject("kl");
      kl.set("per_token", Json.MAPPER.valueToTree(divergences));
      mean().ifPresent(mean -> kl.put("mean", mean).put("max", divergences[largest()]));
    }
    return tree;
  }

  private static void put(ObjectNode tree, String name, @Nullable Reply reply) {
    if (reply != null) {
      ObjectNode node = tree.putObject(name);
      node.put("text", reply.text());
      node.set("tokens", Json.MAPPER.valueToTree(reply.tokens()));
      node.set("pieces", Json.MAPPER.valueToTree(reply.pieces()));
      node.put("ending", reply.ending());
    }
  }
}
