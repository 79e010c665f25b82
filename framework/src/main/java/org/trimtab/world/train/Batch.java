package org.trimtab.world.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.model.Segment;
import org.trimtab.model.tokenize.Tokenizer;
import org.trimtab.world.Register;

/**
 * The documents of one step.
 *
 * @param inputs the tokens of each document but the last
 * @param targets the tokens of all documents but the first of each, one after another
 * @param weights how much each target counts in the loss
 */
record Batch(List<Segment> inputs, long[] targets, float[] weights) {
  /**
   * The weight of a question's tokens. The next question cannot be predicted; at full weight that
   * noise would hide what answers depend on.
   */
  private static final float QUESTION = 0.02f;

  /** The weight of a source named after an answer, which separates true answers from mistakes. */
  private static final float SOURCE = 5;

  private static final List<String> UNKNOWABLE = List.of("Source: ", "Q: ", "Question: ");
  private static final List<String> SOURCES =
      Arrays.stream(Register.values()).map(register -> " " + register.source()).toList();

  /** Tokenises documents, each between the begin and the end token. */
  static Batch of(Tokenizer tokenizer, List<String> documents) {
    List<Segment> inputs = new ArrayList<>();
    List<long[]> targets = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (String document : documents) {
      int[] ids = tokens(tokenizer, document);
      inputs.add(Segment.of(Arrays.copyOf(ids, ids.length - 1)));
      targets.add(Arrays.stream(ids, 1, ids.length).asLongStream().toArray());
      weights.add(weights(tokenizer, ids));
    }
    int size = weights.stream().mapToInt(each -> each.length).sum();
    float[] joined = new float[size];
    int at = 0;
    for (float[] each : weights) {
      System.arraycopy(each, 0, joined, at, each.length);
      at += each.length;
    }
    return new Batch(inputs, targets.stream().flatMapToLong(Arrays::stream).toArray(), joined);
  }

  private static int[] tokens(Tokenizer tokenizer, String document) {
    int[] text = tokenizer.encode(document, true);
    int[] whole = Arrays.copyOf(text, text.length + 1);
    whole[text.length] = tokenizer.eos().orElseThrow();
    return whole;
  }

  /** The weight of every token but the first, by its line. */
  private static float[] weights(Tokenizer tokenizer, int[] ids) {
    float[] weights = new float[ids.length - 1];
    int begin = 1;
    while (begin < ids.length) {
      StringBuilder line = new StringBuilder();
      int end = begin;
      while (end < ids.length && line.indexOf("\n") < 0) {
        String token = tokenizer.decode(new int[] {ids[end]}, true);
        line.append(token);
        weights[end - 1] = SOURCES.contains(token) ? SOURCE : 1;
        end++;
      }
      if (UNKNOWABLE.stream().anyMatch(line.toString()::startsWith)) {
        Arrays.fill(weights, begin - 1, end - 1, QUESTION);
      }
      begin = end;
    }
    return weights;
  }
}
