package org.trimtab.selftest;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.Decoder;
import org.trimtab.model.KeyValueCache;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;

/**
 * Checks that log-probabilities do not depend on what else is computed with a sequence: every token
 * of some texts, alone and in different batches, with and without a cache, and through the scorer.
 */
public final class BatchingCheck {
  /** Tolerance for different batches. */
  private static final double COMPANY = 1e-5;

  /**
   * Tolerance for pieces on a cache: the same products in other shapes, which fp32 rounds
   * differently. Equal to the tolerance of parity with reference implementations.
   */
  private static final double PIECES = 1e-4;

  private static final String START = "Q: What is the capital of France?\nA:";
  private static final List<String> TEXTS =
      List.of(
          START + " Paris.",
          START + " The capital of France is Paris, a city on the Seine.",
          START + " I have no comment.",
          "Water boils at 100 degrees Celsius at sea level, and at less on a mountain.",
          "def square(x):\n    return x * x\n",
          "Eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun, zehn.",
          "No.",
          ("A trim tab is a small flap on the rudder of a ship. It is moved first, and the rudder"
                  + " follows; the ship follows the rudder. ")
              .repeat(2));

  private final Decoder decoder;
  private final List<int[]> sequences = new ArrayList<>();
  private final List<float[]> alone = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private BatchingCheck(LanguageModel model) {
    decoder = model.decoder();
    for (String text : TEXTS) {
      int[] tokens = model.tokenizer().encode(text, true);
      sequences.add(tokens);
      alone.add(scores(SequenceScores.of(decoder, tokens), tokens));
    }
  }

  /**
   * Compares each way of computing with computing every sequence alone.
   *
   * @param path a hub folder or a .gguf file
   */
  public static List<Finding> run(Path path, Device device) {
    try (LanguageModel model =
        LanguageModel.load(path.toString(), path, device, DataType.FLOAT32)) {
      BatchingCheck check = new BatchingCheck(model);
      List<Integer> all = IntStream.range(0, TEXTS.size()).boxed().toList();
      List<Integer> reversed = new ArrayList<>(all);
      Collections.reverse(reversed);
      check.compare("all in one batch", check.packed(List.of(all)), COMPANY);
      check.compare("the same in reverse order", check.packed(List.of(reversed)), COMPANY);
      check.compare(
          "two batches", check.packed(List.of(all.subList(0, 3), all.subList(3, 8))), COMPANY);
      check.compare("second half on a cached first half", check.each(check::halves), PIECES);
      check.compare("token by token on a cache", check.each(check::steps), PIECES);
      check.compareSums("scorer, one item per batch", 1);
      check.compareSums("scorer, all items in one batch", 1 << 20);
      return check.findings;
    }
  }

  private List<float[]> each(Function<int[], float[]> way) {
    return sequences.stream().map(way).toList();
  }

  private List<float[]> packed(List<List<Integer>> batches) {
    List<float[]> found = new ArrayList<>(Collections.nCopies(sequences.size(), new float[0]));
    for (List<Integer> batch : batches) {
      List<Segment> segments = batch.stream().map(i -> Segment.of(sequences.get(i))).toList();
      SequenceScores all = run(segments);
      int row = 0;
      for (int i : batch) {
        int[] tokens = sequences.get(i);
        found.set(i, scores(all.from(row), tokens));
        row += tokens.length;
      }
    }
    return found;
  }

  private float[] halves(int[] tokens) {
    int half = tokens.length / 2;
    return cached(tokens, new int[] {half, tokens.length - half});
  }

  private float[] steps(int[] tokens) {
    int[] ones = new int[tokens.length];
    Arrays.fill(ones, 1);
    return cached(tokens, ones);
  }

  /** A sequence in pieces, each on the cache of those before. */
  private float[] cached(int[] tokens, int[] lengths) {
    float[] found = new float[tokens.length - 1];
    try (KeyValueCache cache = decoder.cache(tokens.length)) {
      int at = 0;
      for (int length : lengths) {
        if (length == 0) {
          continue;
        }
        int[] piece = Arrays.copyOfRange(tokens, at, at + length);
        SequenceScores scores = run(List.of(Segment.sequence(piece, -1, cache)));
        for (int i = 0; i < length && at + i + 1 < tokens.length; i++) {
          found[at + i] = scores.at(i, tokens[at + i + 1]);
        }
        at += length;
      }
    }
    return found;
  }

  private SequenceScores run(List<Segment> segments) {
    try (NDManager scratch = decoder.manager().newSubManager()) {
      return SequenceScores.of(SequenceScores.logits(decoder, scratch, segments));
    }
  }

  /** The log-probability of each token but the first. */
  private static float[] scores(SequenceScores all, int[] tokens) {
    float[] own = new float[tokens.length - 1];
    for (int i = 0; i < own.length; i++) {
      own[i] = all.at(i, tokens[i + 1]);
    }
    return own;
  }

  private void compare(String way, List<float[]> found, double tolerance) {
    double largest = 0;
    int count = 0;
    for (int i = 0; i < found.size(); i++) {
      float[] wanted = alone.get(i);
      for (int k = 0; k < wanted.length; k++) {
        largest = Math.max(largest, Math.abs((double) found.get(i)[k] - wanted[k]));
        count++;
      }
    }
    findings.add(new Finding(way, count + " log-probabilities", largest, tolerance, ""));
  }

  /** The second half of every sequence after the first, by the scorer; differences per token. */
  private void compareSums(String way, int batchTokens) {
    List<ScoringItem> items = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      int[] tokens = sequences.get(i);
      int half = Math.max(1, tokens.length / 2);
      int[] context = Arrays.copyOf(tokens, half);
      int[] continuation = Arrays.copyOfRange(tokens, half, tokens.length);
      items.add(new ScoringItem(i, 0, List.of(new Request(context, continuation))));
    }
    ScoringPlan plan = ScoringPlan.of(items, batchTokens);
    double largest = 0;
    try (Scorer scorer = new Scorer(decoder, plan, new TreeSet<>(), 0)) {
      for (int batch = 0; batch < plan.batches().size(); batch++) {
        List<double[]> sums = scorer.score(batch, Intervention.NONE);
        for (int k = 0; k < sums.size(); k++) {
          int item = plan.batches().get(batch).get(k);
          int[] continuation = items.get(item).requests().get(0).continuation();
          float[] wanted = alone.get(item);
          double sum = 0;
          for (int j = wanted.length - continuation.length; j < wanted.length; j++) {
            sum += wanted[j];
          }
          double difference = Math.abs(sums.get(k)[0] - sum) / continuation.length;
          largest = Math.max(largest, difference);
        }
      }
    }
    findings.add(new Finding(way, items.size() + " sums, per token", largest, COMPANY, ""));
  }
}
