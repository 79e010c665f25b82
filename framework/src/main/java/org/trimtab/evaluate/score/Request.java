package org.trimtab.evaluate.score;

import org.trimtab.UserException;

/**
 * A continuation to score after a context.
 *
 * @param context token ids before the continuation; at least one
 * @param continuation token ids whose log-probabilities are summed; at least one
 */
public record Request(int[] context, int[] continuation) {
  /** Refuses an empty part. */
  public Request {
    if (context.length == 0 || continuation.length == 0) {
      throw new UserException(
          context.length == 0
              ? "a continuation cannot be scored after an empty context"
              : "a continuation without any token cannot be scored");
    }
  }

  /** The number of tokens that the model reads: all but the last. */
  int length() {
    return context.length + continuation.length - 1;
  }

  /** Token {@code i} of context and continuation. */
  int token(int i) {
    return i < context.length ? context[i] : continuation[i - context.length];
  }
}
