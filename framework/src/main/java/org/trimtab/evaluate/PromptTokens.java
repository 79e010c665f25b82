package org.trimtab.evaluate;

import java.util.Arrays;
import org.trimtab.UserException;
import org.trimtab.evaluate.score.Request;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.tokenize.Tokenizer;

/**
 * A prompt as text and as token ids, with its answers. Ids are split as in lm-evaluation-harness:
 * whole = encode(prompt + answer), continuation = whole[len(encode(prompt)):].
 *
 * @param tokenizer the model's
 * @param text the prompt, rendered
 * @param ids its token ids
 * @param chatTemplate whether it is one user turn of the model's chat template: then no space
 *     stands before an answer, and the template has written the special tokens
 */
public record PromptTokens(Tokenizer tokenizer, String text, int[] ids, boolean chatTemplate) {
  /** Renders a plain prompt and encodes it. */
  public static PromptTokens of(LanguageModel model, String plain, boolean chatTemplate) {
    String text = chatTemplate ? model.userPrompt(plain) : plain;
    int[] ids = model.tokenizer().encode(text, !chatTemplate);
    return new PromptTokens(model.tokenizer(), text, ids, chatTemplate);
  }

  /**
   * The prompt followed by an answer.
   *
   * @param place the item, for messages: {@code antonym item 5}
   * @param answer without a space before it
   * @throws UserException when the answer has no token of its own
   */
  public Request request(String place, String answer) {
    String all = text + (chatTemplate ? "" : " ") + answer;
    int[] whole = tokenizer.encode(all, !chatTemplate);
    if (whole.length <= ids.length || answer.isBlank()) {
      throw new UserException(
          place
              + ": the answer '"
              + answer
              + "' has no tokens of its own; give it a text or leave the item out ('items')");
    }
    return new Request(ids, Arrays.copyOfRange(whole, ids.length, whole.length));
  }
}
