package org.trimtab.say;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Generates the replies to one prompt and tells a listener of every token. */
final class Telling {
  private final List<Speech> all;
  private final Listener listener;
  private int difference = -1;

  Telling(List<Speech> all, Listener listener) {
    this.all = all;
    this.listener = listener;
  }

  /** Speaks until those that are asked have ended, or the user asks to stop. */
  void tell(List<Speech> asked, BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      asked.forEach(Speech::interrupt);
      return;
    }
    asked.forEach(speech -> listener.begins(speech.side()));
    List<Speech> open = asked;
    while (!open.isEmpty()) {
      if (stop.getAsBoolean()) {
        for (Speech speech : open) {
          listener.says(speech.side(), speech.interrupt(), false);
          listener.ends(speech.side());
        }
        return;
      }
      open.forEach(Speech::step);
      open.forEach(this::compare);
      open.forEach(this::newest);
      open = open.stream().filter(Speech::open).toList();
    }
  }

  private void compare(Speech speech) {
    int at = speech.size() - 1;
    for (Speech other : all) {
      if (difference < 0 && other.size() > at && other.token(at) != speech.token(at)) {
        difference = at;
      }
    }
  }

  private void newest(Speech speech) {
    int at = speech.size() - 1;
    listener.says(speech.side(), speech.piece(at), at == difference);
    if (!speech.open()) {
      listener.ends(speech.side());
    }
  }
}
