package org.trimtab.evaluators.exactmatch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.evaluate.answer.Thoughts;
import org.trimtab.evaluate.score.DivergedException;
import org.trimtab.evaluate.score.Divergence;
import org.trimtab.evaluate.score.Request;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.Segment;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.tokenize.Tokenizer;

/**
 * Reads the ranks of the targets' first tokens while prompts are continued, refuses numbers that
 * are not finite, and ends a continuation with its first line.
 */
final class FirstTokens implements Generator.Completion {
  /** More tokens than the tag of a thought and the white space behind it have. */
  private static final int TAG = 16;

  private final LanguageModel model;
  private final List<Integer> items;
  private final List<Request> requests;
  private final Intervention intervention;
  private long[] ranks = {};

  FirstTokens(
      LanguageModel model, List<Integer> items, List<Request> requests, Intervention intervention) {
    this.model = model;
    this.items = items;
    this.requests = requests;
    this.intervention = intervention;
  }

  @Override
  public void logits(int step, List<Integer> open, NDArray logits) {
    float[] largest = logits.abs().max(new int[] {1}).toFloatArray();
    for (int i = 0; i < largest.length; i++) {
      if (!Float.isFinite(largest[i])) {
        throw diverged(step, open.get(i));
      }
    }
    if (step == 0) {
      long[] targets = open.stream().mapToLong(i -> requests.get(i).continuation()[0]).toArray();
      NDArray index = logits.getManager().create(targets, new Shape(targets.length, 1));
      NDArray above = logits.gt(logits.gather(index, 1)).toType(DataType.INT64, false);
      ranks = above.sum(new int[] {1}).add(1).toLongArray();
    }
  }

  private DivergedException diverged(int step, int row) {
    int[] prompt = requests.get(row).context();
    int last = prompt.length - 1;
    int item = items.get(row);
    return step == 0
        ? Divergence.locate(
            model.decoder(), item, Segment.sequence(prompt, last, null), intervention)
        : new DivergedException(model.decoder().config().layers(), last + step, item);
  }

  @Override
  public boolean test(int row, int[] generated) {
    Tokenizer tokenizer = model.tokenizer();
    return tokenizer.ends().contains(generated[generated.length - 1])
        || answer(row, tokenizer.decode(generated, true))
            .filter(answer -> answer.indexOf('\n') >= 0)
            .isPresent();
  }

  /** The answer in a row's continuation; empty if that ends within a thought. */
  Optional<String> answer(int row, String continuation) {
    int[] prompt = requests.get(row).context();
    int[] end = Arrays.copyOfRange(prompt, Math.max(0, prompt.length - TAG), prompt.length);
    return Thoughts.answer(model.tokenizer().decode(end, false), continuation);
  }

  /** One more than the number of tokens that are more probable than the target's first, a row. */
  long rank(int row) {
    return ranks[row];
  }
}
