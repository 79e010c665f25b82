package org.trimtab.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a pair is put to a model: {@code Q: hot}, a new line, {@code A:}, and then {@code cold} (Todd
 * et al., "Function Vectors in Large Language Models", ICLR 2024).
 */
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

  /** Answered examples to stand before a prompt, each with an empty line behind it. */
  public static String context(List<Pair> examples) {
    return examples.stream()
        .map(pair -> prompt(pair) + target(pair) + "\n\n")
        .collect(Collectors.joining());
  }
}
