package org.trimtab.evaluators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.UserException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.evaluate.score.ScoringItem;

/**
 * Overlapping windows over a token stream, each token but the first scored once, with at least
 * window - stride tokens before it where there are as many (the strided protocol of transformers'
 * perplexity guide). Where windows do not overlap, the first token of each has no context and is
 * left out, as there.
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
      int first = Math.max(scored, begin + 1);
      if (first < end) {
        int[] context = Arrays.copyOfRange(tokens, begin, first);
        int[] continuation = Arrays.copyOfRange(tokens, first, end);
        Request request = new Request(context, continuation);
        windows.add(new ScoringItem(windows.size(), 0, List.of(request)));
      }
      scored = end;
    }
    return windows;
  }
}
