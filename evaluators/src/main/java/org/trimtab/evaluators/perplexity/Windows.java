package org.trimtab.evaluators.perplexity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.UserException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;

/**
 * Overlapping windows over a token stream, each token but the first scored once, with at least
 * window - stride tokens before it where there are as many (the strided protocol of transformers'
 * perplexity guide).
 */
final class Windows {
  private Windows() {}

  /**
   * Cuts a stream.
   *
   * @param window tokens that the model reads at most
   * @param stride tokens from one window to the next
   */
  static List<ScoringItem> cut(int[] tokens, int window, int stride) {
    if (tokens.length < 2) {
      throw new UserException("perplexity needs a text of at least 2 tokens");
    }
    List<ScoringItem> windows = new ArrayList<>();
    int scored = 1;
    for (int begin = 0; scored < tokens.length; begin += stride) {
      int end = Math.min(begin + window, tokens.length);
      int[] context = Arrays.copyOfRange(tokens, begin, scored);
      int[] continuation = Arrays.copyOfRange(tokens, scored, end);
      windows.add(new ScoringItem(windows.size(), 0, List.of(new Request(context, continuation))));
      scored = end;
    }
    return windows;
  }
}
