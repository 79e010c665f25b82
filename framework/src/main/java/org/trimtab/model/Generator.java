package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.trimtab.intervene.Intervention;
import org.trimtab.intervene.PerSegment;

/**
 * Greedy generation for several prompts at once, each with its own intervention. Rows are packed
 * without padding, so a row's text does not depend on the others. Keys and values are cached,
 * unless an intervention depends on the whole sequence: then every token runs the sequence again.
 */
public final class Generator {
  private final Decoder decoder;

  /** Binds the generator to a decoder. */
  public Generator(Decoder decoder) {
    this.decoder = decoder;
  }

  /**
   * A prompt to continue.
   *
   * @param tokens the prompt's token ids, at least one
   * @param intervention applied from the prompt's first token on
   */
  public record Prompt(int[] tokens, Intervention intervention) {}

  /** Watches a generation. */
  public interface Watcher {
    /**
     * Is given the logits that the next tokens are chosen by.
     *
     * @param step the number of tokens generated so far; 0 at the ends of the prompts
     * @param open the indices of the prompts that are still continued
     * @param logits [open, V] in fp32, valid during the call
     */
    void logits(int step, List<Integer> open, NDArray logits);

    /** Whether a continuation needs no further token. */
    default boolean complete(int[] continuation) {
      return false;
    }
  }

  /** As {@link #greedy(List, int, Set, Watcher)}, unwatched. */
  public List<int[]> greedy(List<Prompt> prompts, int limit, Set<Integer> stops) {
    return greedy(prompts, limit, stops, (step, open, logits) -> {});
  }

  /**
   * Continues prompts by the most probable token.
   *
   * @param limit the number of tokens to generate at most
   * @param stops token ids that end a continuation; they are not part of it
   * @return the continuations, in the prompts' order
   */
  public List<int[]> greedy(List<Prompt> prompts, int limit, Set<Integer> stops, Watcher watcher) {
    List<Row> rows =
        IntStream.range(0, prompts.size())
            .mapToObj(index -> new Row(index, prompts.get(index), limit))
            .toList();
    try {
      for (int step = 0; step < limit; step++) {
        List<Row> open = rows.stream().filter(row -> !row.done).toList();
        if (open.isEmpty()) {
          break;
        }
        int[] next = next(step, open, watcher);
        for (int i = 0; i < next.length; i++) {
          open.get(i).take(next[i], stops::contains, watcher);
        }
      }
    } finally {
      rows.forEach(Row::close);
    }
    return rows.stream().map(Row::continuation).toList();
  }

  /** One step of all rows: the next token of each. */
  private int[] next(int step, List<Row> rows, Watcher watcher) {
    List<Segment> segments = rows.stream().map(Row::segment).toList();
    Intervention all = new PerSegment(rows.stream().map(row -> row.intervention).toList());
    Intervention one = rows.get(0).intervention;
    boolean same = rows.stream().allMatch(row -> row.intervention == one);
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.cachingPass(scratch, segments, same ? one : all)) {
      NDArray hidden = decoder.run(scratch, pass);
      NDArray last = hidden.get(new NDIndex("{}", ends(scratch, segments)));
      NDArray logits = decoder.logits(last);
      watcher.logits(step, rows.stream().map(row -> row.index).toList(), logits);
      long[] best = logits.argMax(-1).toLongArray();
      return Arrays.stream(best).mapToInt(Math::toIntExact).toArray();
    }
  }

  private static NDArray ends(NDManager owner, List<Segment> segments) {
    long[] ends = new long[segments.size()];
    long at = -1;
    for (int i = 0; i < ends.length; i++) {
      at += segments.get(i).length();
      ends[i] = at;
    }
    return owner.create(ends);
  }

  private final class Row implements AutoCloseable {
    private final int index;
    private final Intervention intervention;
    private final int promptLength;
    private final boolean cached;
    private final KeyValueCache cache;
    private final List<Integer> tokens = new ArrayList<>();
    private boolean done;

    Row(int index, Prompt prompt, int limit) {
      this.index = index;
      intervention = prompt.intervention();
      promptLength = prompt.tokens().length;
      Arrays.stream(prompt.tokens()).forEach(tokens::add);
      cached = intervention.positionWise();
      cache = decoder.cache(promptLength + limit);
    }

    Segment segment() {
      if (!cached) {
        cache.clear();
      }
      int from = cache.length();
      int[] fresh = tokens.subList(from, tokens.size()).stream().mapToInt(i -> i).toArray();
      int promptEnd = promptLength - 1 - from;
      return Segment.sequence(fresh, Math.max(-1, promptEnd), cache);
    }

    void take(int token, IntPredicate stops, Watcher watcher) {
      if (stops.test(token)) {
        done = true;
      } else {
        tokens.add(token);
        done = watcher.complete(continuation());
      }
    }

    int[] continuation() {
      return tokens.subList(promptLength, tokens.size()).stream().mapToInt(i -> i).toArray();
    }

    @Override
    public void close() {
      cache.close();
    }
  }
}
