package org.trimtab.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.Scorer;
import org.trimtab.evaluate.score.ScoringItem;
import org.trimtab.evaluate.score.ScoringPlan;
import org.trimtab.model.Decoder;
import org.trimtab.model.Pass;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.weights.SafetensorsWriter;

/**
 * Log-likelihoods of items under a model, to compare an export with the cell that it is of.
 *
 * @param items what was scored
 * @param scores the log-likelihoods of each item's continuations, in nats
 * @param logits next-token logits after the first item's first context, [V]
 */
record ReadBack(List<ScoringItem> items, List<double[]> scores, float[] logits) {
  static final String LOGITS = "check.safetensors";

  /** Largest difference of a log-likelihood, in nats, that an export in fp32 may have. */
  static final double LIMIT = 1e-3;

  private static final int BATCH_TOKENS = 512;

  /** Scores items. */
  static ReadBack of(Decoder decoder, List<ScoringItem> items, Intervention intervention) {
    ScoringPlan plan = ScoringPlan.of(items, BATCH_TOKENS);
    double[][] scores = new double[items.size()][];
    List<Integer> ids = items.stream().map(ScoringItem::item).toList();
    try (Scorer scorer = new Scorer(decoder, plan, new TreeSet<>(), 0)) {
      for (int batch = 0; batch < plan.batches().size(); batch++) {
        List<double[]> scored = scorer.score(batch, intervention);
        for (int i = 0; i < scored.size(); i++) {
          scores[ids.indexOf(plan.batches().get(batch).get(i))] = scored.get(i);
        }
      }
    }
    return new ReadBack(items, List.of(scores), logits(decoder, items, intervention));
  }

  private static float[] logits(
      Decoder decoder, List<ScoringItem> items, Intervention intervention) {
    Request first = items.get(0).requests().get(0);
    int last = first.context().length - 1;
    Segment segment = Segment.sequence(first.context(), last, null);
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.pass(scratch, List.of(segment), intervention)) {
      NDArray hidden = decoder.run(scratch, pass);
      NDArray row = decoder.logits(intervention, hidden.get(new NDIndex("{}:{}", last, last + 1)));
      return row.toFloatArray();
    }
  }

  /** The largest difference of a log-likelihood. */
  double difference(ReadBack other) {
    double largest = 0;
    for (int i = 0; i < scores.size(); i++) {
      for (int j = 0; j < scores.get(i).length; j++) {
        double change = Math.abs(scores.get(i)[j] - other.scores.get(i)[j]);
        largest = Math.max(largest, Double.isNaN(change) ? Double.POSITIVE_INFINITY : change);
      }
    }
    return largest;
  }

  /** One line of JSON per continuation: token ids and log-likelihood, for checks elsewhere. */
  String lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      List<Request> requests = items.get(i).requests();
      for (int j = 0; j < requests.size(); j++) {
        lines.add(
            "{\"item\":%d,\"context\":%s,\"continuation\":%s,\"log_likelihood\":%s}\n"
                .formatted(
                    items.get(i).item(),
                    ids(requests.get(j).unscored()),
                    ids(requests.get(j).scoredTokens()),
                    scores.get(i)[j]));
      }
    }
    return String.join("", lines);
  }

  private static String ids(int[] tokens) {
    return Arrays.toString(tokens).replace(" ", "");
  }

  /** Writes the next-token logits after the first context. */
  void writeLogits(Path folder) {
    new SafetensorsWriter()
        .floats("logits", List.of((long) logits.length), logits)
        .write(folder.resolve(LOGITS));
  }
}
