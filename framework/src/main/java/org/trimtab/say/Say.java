package org.trimtab.say;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trimtab.UsageException;
import org.trimtab.io.Json;

/** What a pair of models says: to prompts, or in a dialogue. */
public final class Say {
  private static final Set<Side> BOTH = EnumSet.allOf(Side.class);

  private final Pair pair;
  private final Screen screen;

  /** Shows on a screen what a pair says. */
  public Say(Pair pair, Screen screen) {
    this.pair = pair;
    this.screen = screen;
  }

  /**
   * Asks prompts that know nothing of each other.
   *
   * @param json whether each is answered by a line of JSON
   * @param stop whether to end; what was said until then is shown
   * @throws org.trimtab.UserException when one cannot be answered
   */
  public void prompts(List<String> prompts, boolean json, BooleanSupplier stop) {
    for (String prompt : prompts) {
      if (prompt.isBlank()) {
        throw new UsageException("the prompt is empty; leave it out for a dialogue");
      }
      if (stop.getAsBoolean()) {
        return;
      }
      if (json) {
        pair.fit(prompt, BOTH);
        Said said = pair.say(prompt, BOTH, Listener.NONE, stop);
        screen.line(Shown.json(Json.line(said.tree(pair.identity()))));
      } else {
        if (prompts.size() > 1) {
          screen.line(screen.bold("> " + Shown.text(prompt)));
        }
        new Replies(pair, screen).to(prompt, BOTH, stop);
      }
      pair.forget();
    }
  }

  /** Holds a dialogue until the input ends, or is asked to stop. */
  public void dialogue(Lines lines, BooleanSupplier stop) {
    new Dialogue(pair, screen).run(lines, stop);
  }
}
