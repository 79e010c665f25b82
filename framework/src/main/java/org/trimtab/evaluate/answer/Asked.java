package org.trimtab.evaluate.answer;

import org.trimtab.data.ShortQuestion;
import org.trimtab.model.LanguageModel;

/**
 * A question with its prompt.
 *
 * @param question the question with its gold answer
 * @param text the prompt, through the chat template if requested
 * @param special whether the tokenizer's own special tokens are added to the text
 * @param tokens the prompt's token ids
 */
public record Asked(ShortQuestion question, String text, boolean special, int[] tokens) {
  /**
   * Tokenises the prompt of a question.
   *
   * @param plain the prompt
   * @param chatTemplate whether it is one user turn of the model's chat template
   */
  public static Asked of(
      LanguageModel model, ShortQuestion question, String plain, boolean chatTemplate) {
    // A rendered chat template writes its own special tokens.
    String text = chatTemplate ? model.userPrompt(plain) : plain;
    return new Asked(question, text, !chatTemplate, model.tokenizer().encode(text, !chatTemplate));
  }
}
