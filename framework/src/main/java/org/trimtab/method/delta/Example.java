package org.trimtab.method.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.KeyValueCache;
import org.trimtab.model.Segment;

/**
 * A prompt and its continuations, as token ids.
 *
 * @param prompt at least one token
 * @param continuations at least one, of at least one token each
 * @param shares the target share of each continuation; they sum to 1
 */
public record Example(int[] prompt, List<int[]> continuations, double[] shares) {
  /** Copies the list. */
  public Example {
    continuations = List.copyOf(continuations);
  }

  /** A prompt with one target. */
  public static Example of(int[] prompt, int[] target) {
    return new Example(prompt, List.of(target), new double[] {1});
  }

  /**
   * A log-probability to read.
   *
   * @param row the token of the layout that predicts it
   * @param continuation the index of its continuation
   */
  record Target(int row, int token, int continuation) {}

  /**
   * The tokens that run through the model: the end of the prompt, followed by every continuation
   * without its last token, which predicts nothing.
   */
  record Layout(int[] tokens, int[] parents, boolean[] lastPrompt, List<Target> targets) {
    Segment segment(@Nullable KeyValueCache past) {
      return new Segment(tokens, parents, lastPrompt, past);
    }
  }

  /**
   * Lays the tokens out.
   *
   * @param skip the number of tokens to omit at the prompt's start; not its last one
   */
  Layout layout(int skip) {
    int end = prompt.length - skip - 1;
    int size = end + 1 + continuations.stream().mapToInt(each -> each.length - 1).sum();
    int[] tokens = Arrays.copyOfRange(prompt, skip, skip + size);
    int[] parents = new int[size];
    Arrays.setAll(parents, i -> i - 1);
    boolean[] last = new boolean[size];
    last[end] = true;
    List<Target> targets = new ArrayList<>();
    int at = end + 1;
    for (int k = 0; k < continuations.size(); k++) {
      int[] continuation = continuations.get(k);
      int row = end;
      for (int i = 0; i < continuation.length; i++) {
        targets.add(new Target(row, continuation[i], k));
        if (i < continuation.length - 1) {
          tokens[at] = continuation[i];
          parents[at] = row;
          row = at++;
        }
      }
    }
    return new Layout(tokens, parents, last, targets);
  }
}
