package org.trimtab.model;

import java.util.Arrays;
import org.trimtab.UserException;
import org.trimtab.model.Generator.TokenChoice;
import org.trimtab.plan.random.CounterRandom;

/**
 * Sampling from the model's distribution. Temperature first, then the {@code topK} most probable
 * tokens, then the smallest set of these with a total probability of {@code topP}: the order of
 * transformers. The tokens of a row are a function of its key and its logits, whatever else is in
 * the batch.
 *
 * @param temperature divides the logits; above 0
 * @param topP the probability to keep, above 0, at most 1; 1 keeps all
 * @param topK the number of tokens to keep; 0 keeps all
 */
public record Sampling(double temperature, double topP, int topK) {
  /** Refuses what is no distribution. */
  public Sampling {
    if (!(temperature > 0) || !Double.isFinite(temperature)) {
      throw new UserException(
          "temperature " + temperature + ": expected a number above 0; greedy decoding has none");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new UserException("top_p " + topP + ": expected a number above 0, at most 1");
    }
    if (topK < 0) {
      throw new UserException("top_k " + topK + ": expected 0 for all, or a number of tokens");
    }
  }

  /** The choice of one sample of one item: its numbers depend on seed, item, sample and place. */
  public TokenChoice choice(long seed, int item, int sample) {
    CounterRandom random = CounterRandom.of(seed, "sampling").at(item).at(sample);
    return (logits, position) -> choose(logits, random.uniform(position));
  }

  /** The token at which the cumulated probability passes a number in [0, 1). */
  private int choose(float[] logits, double uniform) {
    int[] tokens = probableFirst(logits);
    int kept = topK == 0 ? tokens.length : Math.min(topK, tokens.length);
    double[] weights = new double[kept];
    double total = 0;
    for (int i = 0; i < kept; i++) {
      weights[i] = Math.exp((logits[tokens[i]] - (double) logits[tokens[0]]) / temperature);
      total += weights[i];
    }
    double nucleus = 0;
    int last = 0;
    while (last < kept - 1 && nucleus + weights[last] < topP * total) {
      nucleus += weights[last++];
    }
    nucleus += weights[last];
    double left = uniform * nucleus;
    for (int i = 0; i < last; i++) {
      left -= weights[i];
      if (left < 0) {
        return tokens[i];
      }
    }
    return tokens[last];
  }

  /** The tokens by descending logit, the lowest id first among equals: sorted as plain numbers. */
  private static int[] probableFirst(float[] logits) {
    long[] keys = new long[logits.length];
    for (int token = 0; token < keys.length; token++) {
      int bits = Float.floatToIntBits(logits[token]);
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      keys[token] = ((long) ~ascending << Integer.SIZE) | token;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
