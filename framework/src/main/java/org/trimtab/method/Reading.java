package org.trimtab.method;

import java.util.Arrays;
import org.trimtab.UserException;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.PromptTokens;

/**
 * A text as tokens, and the positions over which its hidden states are averaged.
 *
 * @param tokens its token ids, with those of the chat template
 * @param from index of the first position
 * @param to the index after the last one
 */
public record Reading(int[] tokens, int from, int to) {
  /** Stands for the text when the parts of the chat template around it are looked for. */
  private static final String MARK = "\uE000mark\uE000";

  /** Where a text is read. */
  public enum Place {
    /** At its last token; in the chat template, at the last one of the generation prompt. */
    LAST,
    /** The mean over the text's own tokens: neither special ones nor those of the template. */
    MEAN
  }

  /** Reads at the last token. */
  static Reading last(int[] tokens) {
    return new Reading(tokens, tokens.length - 1, tokens.length);
  }

  /**
   * A text to read.
   *
   * @param chat whether it is the content of a user turn rather than a plain text
   * @throws UserException when it is longer than the model can read
   */
  static Reading of(LanguageModel model, String text, boolean chat, Place place) {
    PromptTokens prompt = PromptTokens.of(model, text, chat);
    int[] ids = prompt.ids();
    model.decoder().requireReadable(ids.length);
    if (place == Place.LAST) {
      return last(ids);
    }
    String before = "";
    String after = "";
    if (chat) {
      String marked = model.userPrompt(MARK);
      int at = marked.indexOf(MARK);
      before = at < 0 ? marked : marked.substring(0, at);
      after = at < 0 ? "" : marked.substring(at + MARK.length());
      if (!prompt.text().startsWith(before) || !prompt.text().endsWith(after)) {
        throw new UserException(
            ("the chat template of %s does not keep the text, so that its tokens are not"
                    + " known; read it as plain text, or at the last token")
                .formatted(model.name()));
      }
    }
    String upToEnd = prompt.text().substring(0, prompt.text().length() - after.length());
    int from = common(ids, model.tokenizer().encode(before, !chat));
    int to = common(ids, model.tokenizer().encode(upToEnd, !chat));
    // A token that straddles the text's start belongs to it; there is at least one.
    return new Reading(ids, Math.min(from, ids.length - 1), Math.max(to, from + 1));
  }

  private static int common(int[] ids, int[] start) {
    int mismatch = Arrays.mismatch(ids, start);
    return mismatch < 0 ? ids.length : mismatch;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reading reading
        && Arrays.equals(reading.tokens, tokens)
        && reading.from == from
        && reading.to == to;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens) * 31 + from * 7 + to;
  }
}
