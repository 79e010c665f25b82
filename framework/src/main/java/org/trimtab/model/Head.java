package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.function.Supplier;
import org.trimtab.model.kernel.Kernel;

/**
 * An unembedding: logits and log-probabilities of final hidden states, and what changes in the
 * states would do to them. Legend: D hidden size, V vocabulary.
 */
public final class Head implements AutoCloseable {
  private final Kernel kernel;
  private final NDArray weight;
  private final Supplier<NDArray> plain;

  /**
   * Loads the kernel.
   *
   * @param softcap the logits' softcap; 0 for none
   * @param packed whether {@code weight} is packed
   * @param weight what states are multiplied by, [V, D]
   * @param plain the same, not packed
   */
  Head(NDManager manager, double softcap, boolean packed, NDArray weight, Supplier<NDArray> plain) {
    kernel = new Kernel(manager, "Unembedding", Map.of("softcap", softcap), packed);
    this.weight = weight;
    this.plain = plain;
  }

  /** Logits in fp32: [n, D] to [n, V]. */
  public NDArray logits(NDArray hidden) {
    return kernel.apply(hidden, weight);
  }

  /**
   * Log-probabilities in fp32 of chosen tokens.
   *
   * @param hidden [n, D]
   * @param rows for each value, the row of {@code hidden} that predicts it, [m]
   * @param tokens for each value, the token, [m]
   * @return [m]
   */
  public NDArray logProbabilities(NDArray hidden, NDArray rows, NDArray tokens) {
    return kernel
        .call()
        .with(hidden)
        .with(weight)
        .with(rows)
        .with(tokens)
        .run("log_probabilities")
        .singletonOrThrow();
  }

  /** As {@link #logProbabilities}, from logits [n, V] of any head. */
  public NDArray read(NDArray logits, NDArray rows, NDArray tokens) {
    return kernel.call().with(logits).with(rows).with(tokens).run("read").singletonOrThrow();
  }

  /**
   * The gradient of a weighted sum of log-probabilities by the hidden states.
   *
   * @param logits this head's, [n, V]
   * @param rows for each log-probability, its row of {@code logits}, [m]
   * @param tokens for each, the token, [m]
   * @param weights for each, its weight in the sum, [m]
   * @return [n, D] in fp32
   */
  public NDArray gradient(NDArray logits, NDArray rows, NDArray tokens, NDArray weights) {
    return kernel
        .call()
        .with(logits)
        .with(plain.get())
        .with(rows)
        .with(tokens)
        .with(weights)
        .run("gradient")
        .singletonOrThrow();
  }

  /**
   * The gradient of a weighted sum of log-probabilities by the logits.
   *
   * @param logits of any head, [n, V]; the other parameters are those of {@link #gradient}
   * @return [n, V] in fp32
   */
  public NDArray logitGradient(NDArray logits, NDArray rows, NDArray tokens, NDArray weights) {
    return kernel
        .call()
        .with(logits)
        .with(rows)
        .with(tokens)
        .with(weights)
        .run("logit_gradient")
        .singletonOrThrow();
  }

  @Override
  public void close() {
    kernel.close();
  }
}
