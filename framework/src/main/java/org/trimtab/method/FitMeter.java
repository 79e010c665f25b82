package org.trimtab.method;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.trimtab.model.Decoder;

/**
 * Measures fits: the tokens that a model reads and the time. What several cells share is computed
 * once, and counts in full for each of them. Used by one thread.
 */
public final class FitMeter {
  private final Decoder decoder;
  private final Map<Object, Cost> costs = new HashMap<>();
  private long reusedTokens;
  private long reusedNanos;

  FitMeter(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * What some work took, or would have taken.
   *
   * @param tokens tokens of all passes of the model
   * @param nanos wall time
   */
  public record Cost(long tokens, long nanos) {}

  /**
   * A result with its cost.
   *
   * @param <T> what was made
   */
  public record Measured<T>(T result, Cost cost) {}

  /** Does some work. */
  public <T> Measured<T> measure(Supplier<T> work) {
    long tokens = decoder.tokensRead() + reusedTokens;
    long begin = System.nanoTime() + reusedNanos;
    T result = work.get();
    return new Measured<>(
        result,
        new Cost(
            decoder.tokensRead() + reusedTokens - tokens, System.nanoTime() + reusedNanos - begin));
  }

  /** A result that is kept, or is made now and kept. */
  public <K, T> T kept(Map<K, T> known, K key, Supplier<T> make) {
    T result = known.get(key);
    if (result == null) {
      Measured<T> measured = measure(make);
      known.put(key, measured.result());
      costs.put(key, measured.cost());
      return measured.result();
    }
    Cost cost = costs.getOrDefault(key, new Cost(0, 0));
    reusedTokens += cost.tokens();
    reusedNanos += cost.nanos();
    return result;
  }
}
