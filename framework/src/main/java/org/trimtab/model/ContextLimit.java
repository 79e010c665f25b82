package org.trimtab.model;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.trimtab.UserException;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.family.ModelConfig.Attention;

/**
 * How many tokens a model can read at once.
 *
 * @param context positions that it was trained for
 * @param heads of attention: each compares every token with all tokens before it
 * @param groups query heads per key-value head, each with a copy of the mask
 * @param memory bytes of this machine; unlimited on another device, which knows its own
 * @param heap bytes of Java's memory
 */
record ContextLimit(int context, int heads, int groups, long memory, long heap) {
  private static final long NUMBER = Float.BYTES;

  static ContextLimit of(ModelConfig config, Device device) {
    Attention attention = config.attention();
    boolean known =
        !device.isGpu()
            && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean;
    return new ContextLimit(
        config.contextLength(),
        attention.heads(),
        attention.heads() / attention.keyValueHeads(),
        known
            ? ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize()
            : Long.MAX_VALUE,
        Runtime.getRuntime().maxMemory());
  }

  /**
   * Refuses a sequence, or a tree of sequences, that is too long.
   *
   * @param tokens to read at once
   * @param past tokens before them, which were read earlier
   * @throws UserException beyond the memory; a tree may have more tokens than the context
   */
  void check(long tokens, long past) {
    long pairs = tokens * (tokens + past);
    // Scores and their softmax for each head, and the mask, which is first made in Java's memory.
    long needed = pairs * NUMBER * (2L * heads + groups);
    if (pairs > Integer.MAX_VALUE - 8 || pairs * NUMBER > heap / 2 || needed > memory) {
      throw new UserException(
          ("%,d tokens at once need about %,d MiB for attention, which this machine does not have"
                  + " (memory %,d MiB, Java heap %,d MiB); use shorter texts")
              .formatted(tokens, mebibytes(needed), mebibytes(memory), mebibytes(heap)));
    }
  }

  /**
   * Refuses a sequence that is too long.
   *
   * @throws UserException beyond the context or the memory
   */
  void check(int tokens) {
    if (tokens > context) {
      throw new UserException(
          "%,d tokens are more than the model's context of %,d".formatted(tokens, context));
    }
    check(tokens, 0);
  }

  private static long mebibytes(long bytes) {
    return bytes >> 20;
  }
}
