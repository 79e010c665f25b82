package org.trimtab.say;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.Generator;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.NonFiniteLogitsException;
import org.trimtab.model.TextGenerator.Decoding;

/** One side's reply while it is generated. */
final class Speech {
  private final Side side;
  private final LanguageModel model;
  private final int limit;
  private final boolean full;
  private final StreamedText text;
  private final List<Integer> tokens = new ArrayList<>();
  private final List<String> pieces = new ArrayList<>();
  private final Generator.Run run;
  private Ending ending = Ending.OPEN;

  /** Why a reply ended. */
  enum Ending {
    /** It goes on. */
    OPEN,
    /** The model ended it. */
    END,
    /** A stop text came. */
    STOP,
    /** The largest number of tokens was reached. */
    LIMIT,
    /** The model's context is full. */
    CONTEXT,
    /** The user interrupted it. */
    INTERRUPTED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What was said.
   *
   * @param text without the stop text and special tokens
   * @param tokens what was generated, the end token included
   * @param pieces the text by tokens; a character of several tokens stands at the last of them
   * @param ending end, stop, limit, context or interrupted
   */
  record Reply(String text, int[] tokens, List<String> pieces, String ending) {}

  /**
   * Begins to continue a prompt.
   *
   * @param earlier the side's run before, which is closed; null for none
   * @throws UserException when the prompt is beyond the context
   */
  Speech(
      Side side,
      LanguageModel model,
      Generator.Prompt prompt,
      Decoding decoding,
      Generator.@Nullable Run earlier) {
    this.side = side;
    this.model = model;
    int room = model.decoder().config().contextLength() - prompt.tokens().length;
    limit = Math.min(decoding.limit(), room);
    full = limit < decoding.limit();
    text = new StreamedText(model.tokenizer(), decoding);
    Generator.Completion taking = (row, generated) -> take(generated[generated.length - 1]);
    run =
        earlier == null
            ? new Generator(model.decoder()).begin(List.of(prompt), limit, taking)
            : earlier.next(prompt, limit, taking);
  }

  private boolean take(int token) {
    boolean end = model.tokenizer().ends().contains(token);
    tokens.add(token);
    pieces.add(end ? "" : text.add(token));
    if (end) {
      end(Ending.END);
    } else if (text.stopped()) {
      end(Ending.STOP);
    } else if (tokens.size() == limit) {
      end(full ? Ending.CONTEXT : Ending.LIMIT);
    }
    return ending != Ending.OPEN;
  }

  /** Ends it; what was held back, which is returned, belongs to the last token. */
  private String end(Ending why) {
    ending = why;
    String rest = text.end();
    if (!pieces.isEmpty()) {
      int last = pieces.size() - 1;
      pieces.set(last, pieces.get(last) + rest);
    }
    return rest;
  }

  /** Generates the next token. */
  void step() {
    try {
      run.step();
    } catch (NonFiniteLogitsException e) {
      throw new UserException(
          side
              + ": after "
              + tokens.size()
              + " tokens the logits are not finite, so there is no next token; use a smaller"
              + " strength",
          e);
    }
  }

  /** Ends it before its time; returns what was held back. */
  String interrupt() {
    return end(Ending.INTERRUPTED);
  }

  boolean open() {
    return ending == Ending.OPEN;
  }

  Side side() {
    return side;
  }

  /** The number of tokens so far. */
  int size() {
    return tokens.size();
  }

  int token(int at) {
    return tokens.get(at);
  }

  String piece(int at) {
    return pieces.get(at);
  }

  /** Its run, from which the side's next one goes on. */
  Generator.Run run() {
    return run;
  }

  Reply reply() {
    return new Reply(
        text.text(),
        tokens.stream().mapToInt(i -> i).toArray(),
        List.copyOf(pieces),
        ending.text());
  }
}
