package org.trimtab.model;

/** Logits of a generation that are not finite: no token follows from them. */
public final class NonFiniteLogitsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int prompt;
  private final transient int[] tokens;

  NonFiniteLogitsException(int prompt, int[] tokens) {
    super(
        "the logits after token "
            + (tokens.length - 1)
            + " of prompt "
            + prompt
            + " are not finite");
    this.prompt = prompt;
    this.tokens = tokens;
  }

  /** The place of the prompt among those that were given, from 0. */
  public int prompt() {
    return prompt;
  }

  /** The prompt and what was generated until then. */
  public int[] tokens() {
    return tokens.clone();
  }
}
