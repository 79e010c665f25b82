package org.trimtab.method.fusion;

import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.MethodSettings;
import org.trimtab.spec.Key;

/**
 * Settings of the gold answer put into the prompt.
 *
 * @param question the text to ask instead of the question
 * @param objective computed for the answer, as for other trials
 */
public record GoldInPromptSettings(
    @Key(
            value = "text to ask in place of the question, with {question} and {answer}",
            defaultValue = "\"{question} (The answer is: {answer})\"")
        String question,
    @Key(value = "what is computed for the answer", defaultValue = "{}")
        ObjectiveSettings objective)
    implements MethodSettings {
  private static final String ANSWER = "{answer}";

  /** Refuses a text without the answer. */
  public GoldInPromptSettings {
    if (!question.contains(ANSWER)) {
      throw new UserException("question '" + question + "': " + ANSWER + " is missing in it");
    }
  }

  /** The question with its answer in it. */
  String filled(String asked, String answer) {
    return question.replace("{question}", asked).replace(ANSWER, answer);
  }

  @Override
  public @Nullable String secondModel() {
    return objective.perplexityModel();
  }
}
