package org.trimtab.evaluate.answer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model writes between {@code <think>} and {@code </think>} before it answers, as Qwen3 and
 * DeepSeek-R1 do: no part of the answer.
 */
public final class Thoughts {
  /** Why there is no answer where a thought has no end. */
  public static final String UNFINISHED =
      "the text ends within a thought (<think>), before an answer: allow more tokens, or turn"
          + " thinking off";

  private static final Pattern TAG =
      Pattern.compile("<(/?)think(?:ing)?>", Pattern.CASE_INSENSITIVE);
  private static final Pattern OPEN =
      Pattern.compile("<think(?:ing)?>\\s*$", Pattern.CASE_INSENSITIVE);

  private Thoughts() {}

  /**
   * The answer in a text.
   *
   * @param prompt what stands before the text: some templates open the thought there
   * @return the text itself when there are no thoughts; else what is outside of them, without white
   *     space around it; empty when that is nothing, or the last thought has no end
   */
  public static Optional<String> answer(String prompt, String text) {
    boolean thinking = OPEN.matcher(prompt).find();
    boolean thoughts = thinking;
    StringBuilder answer = new StringBuilder();
    int from = 0;
    Matcher tag = TAG.matcher(text);
    while (tag.find()) {
      boolean end = !tag.group(1).isEmpty();
      if (end && !thinking) {
        answer.setLength(0); // all before it was a thought that began in the prompt
      } else if (!end && !thinking) {
        answer.append(text, from, tag.start());
      }
      thinking = !end;
      thoughts = true;
      from = tag.end();
    }
    if (!thoughts) {
      return Optional.of(text);
    }
    return thinking
        ? Optional.empty()
        : Optional.of(answer.append(text, from, text.length()).toString().strip())
            .filter(rest -> !rest.isEmpty());
  }
}
