package org.trimtab.say;

import java.util.Set;
import java.util.function.BooleanSupplier;

/** Shows the replies to prompts and what they differ in. */
final class Replies {
  private final Pair pair;
  private final Screen screen;

  Replies(Pair pair, Screen screen) {
    this.pair = pair;
    this.screen = screen;
  }

  /**
   * Asks and shows.
   *
   * @param asked the sides that hear of the prompt
   * @throws org.trimtab.UserException when it is too long, or has no reply
   */
  Said to(String prompt, Set<Side> asked, BooleanSupplier stop) {
    pair.fit(prompt, asked)
        .forEach(
            (side, count) ->
                screen.line(
                    "%s: the oldest %s dropped, which the model's context has no room for"
                        .formatted(side, count == 1 ? "turn is" : count + " turns are")));
    boolean both = asked.size() == Side.values().length;
    Listener listener =
        both && screen.wide()
            ? new Columns(screen, pair.edit())
            : new OneAfterOther(screen, pair.edit());
    Said said = pair.say(prompt, asked, listener, stop);
    String summary = Summary.of(said, screen.live());
    if (!summary.isEmpty()) {
      screen.line(screen.faint(summary.stripTrailing()) + "\n");
    }
    return said;
  }
}
