package org.trimtab.model;

import java.util.List;
import org.trimtab.UserException;

/**
 * When a generated text ends. A model's own end tokens always end it.
 *
 * @param limit the largest number of tokens
 * @param stops texts that end it; neither they nor anything after them belongs to the text
 */
public record Decoding(int limit, List<String> stops) {
  /** Copies the list. */
  public Decoding {
    stops = List.copyOf(stops);
    if (limit < 1) {
      throw new UserException("max_new_tokens " + limit + ": expected 1 or more");
    }
    if (stops.contains("")) {
      throw new UserException("an empty stop text would end every answer at once; leave it out");
    }
  }

  /** The index of the first stop text; -1 if there is none. */
  int stop(String text) {
    return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }
}
