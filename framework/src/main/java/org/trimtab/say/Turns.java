package org.trimtab.say;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.UsageException;
import org.trimtab.chat.Message;
import org.trimtab.model.LanguageModel;

/** What one side was told and replied, the oldest turn first. */
final class Turns {
  private record Turn(String prompt, String reply) {}

  private final LanguageModel model;
  private final boolean chat;
  private final List<Turn> turns = new ArrayList<>();

  Turns(LanguageModel model, boolean chat) {
    this.model = model;
    this.chat = chat;
  }

  /**
   * The token ids of the turns and a new prompt.
   *
   * @param context stands before the first prompt
   */
  int[] with(String prompt, String context) {
    if (chat) {
      List<Message> messages = new ArrayList<>();
      for (Turn turn : turns) {
        messages.add(user(messages, turn.prompt, context));
        messages.add(new Message("assistant", turn.reply.strip()));
      }
      messages.add(user(messages, prompt, context));
      return model.tokenizer().encode(model.chatPrompt(messages), false);
    }
    StringBuilder text = new StringBuilder(context);
    turns.forEach(turn -> text.append(turn.prompt).append(turn.reply).append('\n'));
    return model.tokenizer().encode(text.append(prompt).toString(), true);
  }

  private static Message user(List<Message> before, String prompt, String context) {
    return new Message("user", before.isEmpty() ? context + prompt : prompt);
  }

  /**
   * Drops the oldest turns until the rest and a new prompt leave room for a reply.
   *
   * @param room tokens to leave, of those that the model can read
   * @return the number of turns that were dropped
   * @throws UsageException when the prompt alone is beyond the context
   */
  int fit(String prompt, String context, int room) {
    int most = model.decoder().config().contextLength();
    int alone = new Turns(model, chat).with(prompt, context).length;
    if (alone >= most) {
      throw new UsageException(
          "the prompt has %,d tokens, and the model's context of %,d has to hold the reply, too; use a shorter one"
              .formatted(alone, most));
    }
    if (alone == 0) {
      throw new UsageException("the prompt has no token");
    }
    int dropped = 0;
    while (!turns.isEmpty() && with(prompt, context).length > most - room) {
      turns.remove(0);
      dropped++;
    }
    return dropped;
  }

  void add(String prompt, String reply) {
    turns.add(new Turn(prompt, reply));
  }

  void clear() {
    turns.clear();
  }
}
