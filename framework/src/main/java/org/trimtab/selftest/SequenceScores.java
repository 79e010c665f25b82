package org.trimtab.selftest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * Log-probabilities of every next token of a sequence that ran through the model alone.
 *
 * @param values [T, V], row by row
 * @param vocabulary V
 */
record SequenceScores(float[] values, int vocabulary) {
  static SequenceScores of(Decoder decoder, int... tokens) {
    try (NDManager scratch = decoder.manager().newSubManager()) {
      return of(logits(decoder, scratch, List.of(Segment.of(tokens))));
    }
  }

  /** The log-probabilities of logits, [T, V]. */
  static SequenceScores of(NDArray logits) {
    int vocabulary = Math.toIntExact(logits.getShape().get(1));
    return new SequenceScores(logits.logSoftmax(-1).toFloatArray(), vocabulary);
  }

  /** The same without the first rows. */
  SequenceScores from(int row) {
    float[] rest = Arrays.copyOfRange(values, row * vocabulary, values.length);
    return new SequenceScores(rest, vocabulary);
  }

  /** Logits of all tokens of a pass, [N, V]. */
  static NDArray logits(Decoder decoder, NDManager scratch, List<Segment> segments) {
    boolean caching = segments.stream().anyMatch(segment -> segment.past() != null);
    try (Pass pass =
        caching
            ? decoder.cachingPass(scratch, segments, Intervention.NONE)
            : decoder.pass(scratch, segments, Intervention.NONE)) {
      return decoder.logits(decoder.run(scratch, pass));
    }
  }

  /** Of a token after position {@code row}. */
  float at(int row, int token) {
    return values[row * vocabulary + token];
  }

  /** Of a token after the whole sequence. */
  double next(int token) {
    return values[values.length - vocabulary + token];
  }

  /** The largest ones after the whole sequence, in descending order. */
  double[] best(int count) {
    float[] last = Arrays.copyOfRange(values, values.length - vocabulary, values.length);
    Arrays.sort(last);
    double[] best = new double[count];
    Arrays.setAll(best, i -> last[last.length - 1 - i]);
    return best;
  }

  /** The log-probability of the sequence after its first token. */
  double sum(int... tokens) {
    double sum = 0;
    for (int i = 1; i < tokens.length; i++) {
      sum += at(i - 1, tokens[i]);
    }
    return sum;
  }
}
