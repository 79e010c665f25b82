package org.trimtab.evaluate.answer;

import org.trimtab.data.ShortQuestion;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;

/**
 * A question with its prompt.
 *
 * @param question the question with its gold answer
 * @param prompt through the chat template if requested
 */
public record QuestionPrompt(ShortQuestion question, PromptTokens prompt) {
  /** Renders and encodes the prompt of a question. */
  public static QuestionPrompt of(
      LanguageModel model, ShortQuestion question, String plain, boolean chatTemplate) {
    return new QuestionPrompt(question, PromptTokens.of(model, plain, chatTemplate));
  }

  /** The prompt's token ids. */
  public int[] tokens() {
    return prompt.ids();
  }
}
