package org.trimtab.model;

/** How one row of a generation picks its next token. Used by one thread. */
@FunctionalInterface
public interface TokenChoice {
  /** The most probable token; the lowest id among equals. */
  TokenChoice GREEDY =
      (logits, position) -> {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
          best = logits[token] > logits[best] ? token : best;
        }
        return best;
      };

  /**
   * Picks a token.
   *
   * @param logits of the whole vocabulary, [V], finite; must not be changed
   * @param position how many tokens the row has generated before
   */
  int choose(float[] logits, int position);
}
