package org.trimtab.say;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.Arrays;
import java.util.List;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * KL(base || edited) = sum over the vocabulary of p (log p - log q), in nats, p of the model and q
 * of the edited model, both of temperature 1, before each token of a text that both read.
 */
final class Divergence {
  /** Positions whose logits are held at once. */
  private static final int BLOCK = 16;

  private final Decoder decoder;

  Divergence(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * The divergence before each token of a text.
   *
   * @param base the prompt as the model reads it
   * @param edited the prompt as the edited model reads it
   * @param text the tokens that follow both
   */
  double[] along(int[] base, int[] edited, int[] text, Intervention intervention) {
    double[] divergences = new double[text.length];
    // An intervention that changes earlier tokens as the text grows reads each beginning anew.
    int step = intervention.keepsPast() ? text.length : 1;
    for (int from = 0; from < text.length; from += step) {
      int to = Math.min(from + step, text.length);
      try (NDManager scratch = decoder.manager().newSubManager()) {
        NDArray p = hidden(scratch, base, text, from, to, Intervention.NONE);
        NDArray q = hidden(scratch, edited, text, from, to, intervention);
        for (int at = from; at < to; at += BLOCK) {
          int end = Math.min(at + BLOCK, to);
          NDIndex rows = new NDIndex("{}:{}", at - from, end - from);
          float[] own = logits(p, rows);
          float[] other = logits(q, rows);
          int size = own.length / (end - at);
          for (int i = at; i < end; i++) {
            divergences[i] = of(own, other, (i - at) * size, size);
          }
        }
      }
    }
    return divergences;
  }

  /** Final hidden states that predict tokens {@code from} to {@code to} - 1 of a text. */
  private NDArray hidden(
      NDManager scratch, int[] prompt, int[] text, int from, int to, Intervention intervention) {
    int[] read = Arrays.copyOf(prompt, prompt.length + to - 1);
    System.arraycopy(text, 0, read, prompt.length, to - 1);
    Segment segment = Segment.sequence(read, prompt.length - 1, null);
    try (Pass pass = decoder.pass(scratch, List.of(segment), intervention)) {
      int first = prompt.length - 1 + from;
      return decoder.run(scratch, pass).get(new NDIndex("{}:{}", first, first + to - from));
    }
  }

  private float[] logits(NDArray hidden, NDIndex rows) {
    try (NDArray some = hidden.get(rows);
        NDArray logits = decoder.logits(some)) {
      return logits.toFloatArray();
    }
  }

  /** The divergence of two rows of logits, which begin at the same index. */
  static double of(float[] own, float[] other, int from, int size) {
    double p = logSum(own, from, size);
    double q = logSum(other, from, size);
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      double logP = own[i] - p;
      sum += Math.exp(logP) * (logP - (other[i] - q));
    }
    return Math.max(0, sum); // rounding alone makes it negative
  }

  private static double logSum(float[] logits, int from, int size) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + size; i++) {
      largest = Math.max(largest, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    return largest + Math.log(sum);
  }
}
