package org.trimtab.say;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.spec.yaml.Spelling;

/** Prompts and commands, line by line. What is wrong is told, and the dialogue goes on. */
final class Dialogue {
  private static final String HELP =
      """
      Write a prompt, or
        /strength 1.5     apply what was learned at another strength, without learning again
        /layers last 25   apply it in other blocks: 7, 5-29, all, first 10, last 25%
        /off              ask the baseline alone; the edited side does not hear of it
        /edited           ask the edited side alone
        /both             ask both
        /save FILE        write all turns to a new file, .md or .json
        /reset            forget all turns
        /help             show this
        /quit             end, as the end of the input does; so does Ctrl-C, after what was said
      A prompt that begins with / is written with two: //etc is what?
      """;

  private static final List<String> COMMANDS =
      List.of(
          "/strength", "/layers", "/off", "/edited", "/both", "/save", "/reset", "/help", "/quit");

  private final Pair pair;
  private final Screen screen;
  private final Replies replies;
  private final Transcript transcript;
  private Set<Side> asked = EnumSet.allOf(Side.class);

  Dialogue(Pair pair, Screen screen) {
    this.pair = pair;
    this.screen = screen;
    replies = new Replies(pair, screen);
    transcript = new Transcript(pair.identity());
  }

  /** Runs until the input ends, the user quits, or is asked to stop. */
  void run(Lines lines, BooleanSupplier stop) {
    screen.line("A prompt, or /help; /quit ends.");
    boolean open = true;
    while (open && !stop.getAsBoolean()) {
      if (screen.live()) {
        screen.print("> ");
      }
      try {
        Optional<String> line = lines.next(stop);
        open = line.isPresent() && answer(line.get(), stop);
      } catch (UserException e) {
        screen.line(Shown.text(String.valueOf(e.getMessage())));
      }
    }
    if (screen.live()) {
      screen.line("");
    }
  }

  /** Answers a line; returns whether to go on. */
  private boolean answer(String line, BooleanSupplier stop) {
    if (!screen.live()) {
      screen.line("> " + Shown.text(line));
    }
    if (line.isBlank()) {
      return true;
    }
    if (line.startsWith("/") && !line.startsWith("//")) {
      String[] parts = line.strip().split("\\s+", 2);
      return command(parts[0], parts.length == 1 ? "" : parts[1]);
    }
    String prompt = line.startsWith("//") ? line.substring(1) : line;
    transcript.add(replies.to(prompt, asked, stop));
    return true;
  }

  private boolean command(String name, String rest) {
    switch (name) {
      case "/strength" -> {
        if (!rest.isEmpty()) {
          pair.strength(rest);
        }
        screen.line(pair.edit());
      }
      case "/layers" -> {
        if (!rest.isEmpty()) {
          pair.layers(rest);
        }
        screen.line(pair.edit());
      }
      case "/save" -> {
        if (rest.isEmpty()) {
          throw new UsageException("/save needs the name of a file, in .md or .json");
        }
        Path file = transcript.save(rest);
        screen.line("saved: " + file);
      }
      default -> {
        return plain(name, rest);
      }
    }
    return true;
  }

  /** A command without an argument. */
  private boolean plain(String name, String rest) {
    if (!COMMANDS.contains(name)) {
      throw new UsageException(
          Spelling.quoted(name)
              + " is no command"
              + Spelling.suggestion(name, COMMANDS, "; there are " + String.join(", ", COMMANDS)));
    }
    if (!rest.isEmpty()) {
      throw new UsageException(name + " takes nothing after it, found " + Spelling.quoted(rest));
    }
    switch (name) {
      case "/off" -> ask(EnumSet.of(Side.BASELINE), "the baseline alone");
      case "/edited" -> ask(EnumSet.of(Side.EDITED), "the edited side alone: " + pair.edit());
      case "/both" -> ask(EnumSet.allOf(Side.class), "both: baseline and " + pair.edit());
      case "/reset" -> {
        pair.reset();
        screen.line("all turns are forgotten");
      }
      case "/help" -> screen.print(HELP);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void ask(Set<Side> sides, String told) {
    asked = sides;
    screen.line(told);
  }
}
