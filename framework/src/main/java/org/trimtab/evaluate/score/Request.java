package org.trimtab.evaluate.score;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.trimtab.UserException;
import org.trimtab.model.PromptTokens;

/**
 * A continuation to score after a context.
 *
 * @param context token ids before the continuation; at least one
 * @param continuation token ids whose log-probabilities are summed; at least one
 * @param from the first token of both whose log-probability is summed: mostly the continuation's
 *     first; 1 for a text that is scored whole
 */
public record Request(int[] context, int[] continuation, int from) {
  /** A continuation that alone is scored. */
  public Request(int[] context, int[] continuation) {
    this(context, continuation, context.length);
  }

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

  /**
   * A text of which every token but the first is scored, with the end of a prompt in it, where some
   * interventions act.
   *
   * @param prompt what the text begins with
   * @param tokens of the whole text
   * @throws UserException when it has fewer than two tokens
   */
  public static Request whole(int[] prompt, int[] tokens, String place) {
    if (tokens.length < 2) {
      throw new UserException(
          place + ": a text has fewer than two tokens, and nothing predicts the first one");
    }
    // Where prompt and completion share a token, the prompt ends before it.
    int common = Arrays.mismatch(prompt, tokens);
    int end = Math.max(1, Math.min(common < 0 ? prompt.length : common, tokens.length - 1));
    return new Request(
        Arrays.copyOf(tokens, end), Arrays.copyOfRange(tokens, end, tokens.length), 1);
  }

  /** The tokens before the first scored one. */
  public int[] unscored() {
    return Arrays.copyOf(context, from);
  }

  /** The tokens whose log-probabilities are summed. */
  public int[] scoredTokens() {
    return IntStream.range(from, context.length + continuation.length).map(this::token).toArray();
  }

  /** The number of tokens whose log-probabilities are summed. */
  public int scored() {
    return context.length + continuation.length - from;
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
