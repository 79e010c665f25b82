package org.trimtab.model;

import java.util.Arrays;
import org.trimtab.model.tokenize.Tokenizer;

/**
 * A prompt as text and as token ids. Continuations are split off as in lm-evaluation-harness: whole
 * = encode(prompt + continuation), continuation = whole[len(encode(prompt)):].
 *
 * @param tokenizer the model's
 * @param text the prompt, rendered
 * @param ids its token ids
 * @param chatTemplate whether it is one user turn of the model's chat template, which has written
 *     the special tokens
 */
public record PromptTokens(Tokenizer tokenizer, String text, int[] ids, boolean chatTemplate) {
  /** Renders a plain prompt and encodes it. */
  public static PromptTokens of(LanguageModel model, String plain, boolean chatTemplate) {
    String text = chatTemplate ? model.userPrompt(plain) : plain;
    int[] ids = model.tokenizer().encode(text, !chatTemplate);
    return new PromptTokens(model.tokenizer(), text, ids, chatTemplate);
  }

  /** The prompt with more text after it, encoded as one. */
  public PromptTokens followedBy(String more) {
    String all = text + more;
    return new PromptTokens(tokenizer, all, tokenizer.encode(all, !chatTemplate), chatTemplate);
  }

  /** The ids of a text after the prompt; empty if it has no token of its own. */
  public int[] continuation(String more) {
    int[] whole = followedBy(more).ids();
    boolean own = whole.length > ids.length && !more.isBlank();
    return own ? Arrays.copyOfRange(whole, ids.length, whole.length) : new int[0];
  }
}
