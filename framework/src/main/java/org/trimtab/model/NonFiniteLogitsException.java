package org.trimtab.model;

/** Non-finite logits in a generation, from which no token can be chosen. */
public final class NonFiniteLogitsException extends RuntimeException {
  private final int prompt;
  private final transient int[] tokens;

  NonFiniteLogitsException(int prompt, int[] tokens) {
    super(
        "the logits after token %s of prompt %s are not finite"
            .formatted(tokens.length - 1, prompt));
    this.prompt = prompt;
    this.tokens = tokens;
  }

  /** The 0-based index of the prompt. */
  public int prompt() {
    return prompt;
  }

  /** The prompt and the tokens generated so far. */
  public int[] tokens() {
    return tokens.clone();
  }
}
