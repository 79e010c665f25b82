package org.trimtab.evaluate.score;

import org.trimtab.UserException;
import org.trimtab.model.PromptTokens;

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

  /**
   * An answer after a prompt, with a space between them unless the prompt is a chat template's.
   *
   * @param place the item, for messages: {@code antonym item 5}
   * @param answer without a space before it
   * @throws UserException when the answer has no token of its own
   */
  public static Request of(PromptTokens prompt, String place, String answer) {
    int[] continuation = prompt.continuation((prompt.chatTemplate() ? "" : " ") + answer);
    if (continuation.length == 0) {
      throw new UserException(
          ("%s: the answer '%s' has no tokens of its own; give it a text or leave the item out"
                  + " ('items')")
              .formatted(place, answer));
    }
    return new Request(prompt.ids(), continuation);
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
