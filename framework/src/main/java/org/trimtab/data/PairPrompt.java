package org.trimtab.data;

/** How a pair is put to a model: {@code Q: hot}, a new line, {@code A:}, and then {@code cold}. */
public final class PairPrompt {
  private PairPrompt() {}

  /** What the model is given; ends without a space. */
  public static String prompt(Pair pair) {
    return "Q: " + pair.prompt() + "\nA:";
  }

  /** What it is to go on with; begins with a space. */
  public static String target(Pair pair) {
    return " " + pair.target();
  }
}
