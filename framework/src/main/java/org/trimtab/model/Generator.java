package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.RowInterventions;

/**
 * Generation for several prompts at once, each with its own intervention and its own choice of
 * tokens. Rows are packed without padding and keep their order, so a row's text does not depend on
 * the others. Keys and values are cached, unless an intervention's effect on earlier tokens changes
 * as the sequence grows: then every token runs the sequence again.
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
   * @param choice selects the next token
   */
  public record Prompt(int[] tokens, Intervention intervention, TokenChoice choice) {
    /** A prompt to continue by the most probable token. */
    public Prompt(int[] tokens, Intervention intervention) {
      this(tokens, intervention, TokenChoice.GREEDY);
    }
  }

  /** Decides after each token whether a row is complete, and may read the logits. */
  @FunctionalInterface
  public interface Completion {
    /**
     * Receives the logits of the next tokens.
     *
     * @param step the number of tokens generated so far; 0 at the ends of the prompts
     * @param open the indices of the prompts that are still continued
     * @param logits [open, V] in fp32, valid during the call
     */
    default void logits(int step, List<Integer> open, NDArray logits) {}

    /**
     * Whether to stop.
     *
     * @param row the prompt's index
     * @param generated the row's tokens so far, at least one
     */
    boolean test(int row, int[] generated);
  }

  /**
   * Continues prompts by the most probable token.
   *
   * @param limit the largest number of tokens to generate
   * @param stops token ids that end a continuation; they are not part of it
   * @return the continuations, in the prompts' order
   */
  public List<int[]> greedy(List<Prompt> prompts, int limit, Set<Integer> stops) {
    List<int[]> generated =
        generate(prompts, limit, (row, tokens) -> stops.contains(tokens[tokens.length - 1]));
    return generated.stream()
        .map(
            tokens -> {
              int last = tokens.length - 1;
              boolean stopped = last >= 0 && stops.contains(tokens[last]);
              return stopped ? Arrays.copyOf(tokens, last) : tokens;
            })
        .toList();
  }

  /**
   * Continues prompts.
   *
   * @param limit the largest number of tokens to generate
   * @param completion ends a row; the token after which it does so is part of the continuation
   * @return the continuations, in the prompts' order
   * @throws NonFiniteLogitsException when a row's logits are not finite
   */
  public List<int[]> generate(List<Prompt> prompts, int limit, Completion completion) {
    if (prompts.isEmpty()) {
      return List.of();
    }
    try (Run run = begin(prompts, limit, completion)) {
      while (run.step()) {}
      return run.continuations();
    }
  }

  /** Begins what {@link #generate} does, for a caller that asks for each token. */
  public Run begin(List<Prompt> prompts, int limit, Completion completion) {
    int room = limit + prompts.stream().mapToInt(prompt -> prompt.tokens().length).max().orElse(0);
    return new Run(prompts, limit, completion, decoder.caches(prompts.size(), room));
  }

  /** A generation that advances token by token. Closing it frees keys and values. */
  public final class Run implements AutoCloseable {
    private final List<Prompt> prompts;
    private final int limit;
    private final Completion completion;
    private final KeyValueCaches caches;
    private final RowInterventions interventions;
    private final List<Row> rows = new ArrayList<>();
    private int steps;

    private Run(List<Prompt> prompts, int limit, Completion completion, KeyValueCaches caches) {
      this.prompts = List.copyOf(prompts);
      this.limit = limit;
      this.completion = completion;
      this.caches = caches;
      interventions =
          new RowInterventions(
              decoder.manager(), prompts.stream().map(Prompt::intervention).toList());
      for (Prompt prompt : prompts) {
        rows.add(new Row(rows.size(), prompt, caches.get(rows.size())));
      }
    }

    /**
     * Generates the next token of every row that is open.
     *
     * @return whether there was one
     * @throws NonFiniteLogitsException when a row's logits are not finite
     */
    public boolean step() {
      List<Row> open = rows.stream().filter(row -> !row.done).toList();
      if (open.isEmpty() || steps == limit) {
        return false;
      }
      Generator.this.step(open, interventions, steps++, completion);
      return true;
    }

    /** The continuations so far, in the prompts' order. */
    public List<int[]> continuations() {
      return rows.stream().map(Row::continuation).toList();
    }

    /**
     * Begins to continue another prompt after this run of one row, which it closes. The tokens with
     * which both prompts begin are not computed again, if the intervention is the same and their
     * numbers depend on nothing after them.
     */
    public Run next(Prompt prompt, int limit, Completion completion) {
      Run next = begin(List.of(prompt), limit, completion);
      Prompt before = prompts.get(0);
      if (prompt.intervention() == before.intervention() && before.intervention().positionWise()) {
        // Not the last token: an intervention may know that it ends the prompt.
        int most = Math.min(before.tokens().length, prompt.tokens().length) - 1;
        int different = Arrays.mismatch(before.tokens(), 0, most, prompt.tokens(), 0, most);
        int common = Math.min(different < 0 ? most : different, caches.get(0).length());
        next.caches.get(0).copyStart(caches.get(0), common);
      }
      close();
      return next;
    }

    @Override
    public void close() {
      interventions.close();
      caches.close();
    }
  }

  /** The next token of each row. */
  private void step(
      List<Row> rows, RowInterventions interventions, int position, Completion completion) {
    List<Segment> segments = rows.stream().map(Row::segment).toList();
    Intervention all = interventions.of(rows.stream().map(row -> row.index).toList());
    try (NDManager scratch = decoder.manager().newSubManager();
        Pass pass = decoder.cachingPass(scratch, segments, all)) {
      NDArray hidden = decoder.run(scratch, pass);
      NDArray last = hidden.get(new NDIndex("{}", ends(scratch, segments)));
      NDArray logits = decoder.logits(all, last);
      completion.logits(position, rows.stream().map(row -> row.index).toList(), logits);
      // The sum over a row is finite only if all its logits are.
      float[] sums = logits.sum(new int[] {-1}).toFloatArray();
      long[] best = logits.argMax(-1).toLongArray();
      for (int i = 0; i < best.length; i++) {
        Row row = rows.get(i);
        if (!Float.isFinite(sums[i])) {
          throw new NonFiniteLogitsException(row.index, row.ids());
        }
        boolean greedy = row.choice == TokenChoice.GREEDY;
        int token =
            greedy
                ? Math.toIntExact(best[i])
                : row.choice.choose(logits.get(i).toFloatArray(), position);
        row.take(token, completion);
      }
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

  private static final class Row {
    private final int index;
    private final TokenChoice choice;
    private final int promptLength;
    private final boolean cached;
    private final KeyValueCache cache;
    private final List<Integer> tokens = new ArrayList<>();
    private boolean done;

    Row(int index, Prompt prompt, KeyValueCache cache) {
      this.index = index;
      choice = prompt.choice();
      promptLength = prompt.tokens().length;
      Arrays.stream(prompt.tokens()).forEach(tokens::add);
      cached = prompt.intervention().keepsPast();
      this.cache = cache;
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

    void take(int token, Completion completion) {
      tokens.add(token);
      done = completion.test(index, continuation());
    }

    int[] ids() {
      return tokens.stream().mapToInt(i -> i).toArray();
    }

    int[] continuation() {
      return tokens.subList(promptLength, tokens.size()).stream().mapToInt(i -> i).toArray();
    }
  }

  /** How one row of a generation picks its next token. Used by one thread. */
  @FunctionalInterface
  public interface TokenChoice {
    /** The most probable token; the lowest id among equals. */
    TokenChoice GREEDY =
        (logits, position) -> {
          int best = 0;
          for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
          }
          return best;
        };

    /**
     * Picks a token.
     *
     * @param logits of the whole vocabulary, [V], finite; must not be changed
     * @param position how many tokens the row has generated before
     */
    int choose(float[] logits, int position);
  }
}
