package org.trimtab.say;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.model.TextGenerator.Decoding;
import org.trimtab.model.tokenize.Tokenizer;

/**
 * A text that grows token by token. A piece of it is given away when no later token can change it:
 * what may be part of a character, of a stop text, or white space that the tokenizer cleans up,
 * waits.
 */
final class StreamedText {
  private static final char INCOMPLETE = '\uFFFD';

  private final Tokenizer tokenizer;
  private final Decoding decoding;
  private final List<Integer> tokens = new ArrayList<>();
  private String given = "";
  private String text = "";
  private boolean stopped;

  StreamedText(Tokenizer tokenizer, Decoding decoding) {
    this.tokenizer = tokenizer;
    this.decoding = decoding;
  }

  /** Adds a token; returns the piece that has become certain. */
  String add(int token) {
    tokens.add(token);
    String whole = tokenizer.decode(tokens.stream().mapToInt(i -> i).toArray(), true);
    int stop = decoding.stop(whole);
    stopped = stop >= 0;
    text = stopped ? whole.substring(0, stop) : whole;
    return give(stopped ? text : text.substring(0, certain(text)));
  }

  /** The rest, after which no token comes. */
  String end() {
    return give(text);
  }

  /** Whether a stop text came. */
  boolean stopped() {
    return stopped;
  }

  /** All of it, up to the stop text. */
  String text() {
    return text;
  }

  private String give(String sure) {
    if (!sure.startsWith(given)) {
      return "";
    }
    String piece = sure.substring(given.length());
    given = sure;
    return piece;
  }

  private int certain(String whole) {
    int end = whole.length();
    for (String stop : decoding.stops()) {
      int held = Math.min(stop.length() - 1, whole.length());
      while (held > 0 && !whole.endsWith(stop.substring(0, held))) {
        held--;
      }
      end = Math.min(end, whole.length() - held);
    }
    while (end > 0 && (whole.charAt(end - 1) == INCOMPLETE || whole.charAt(end - 1) == ' ')) {
      end--;
    }
    return end;
  }
}
