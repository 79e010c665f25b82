package org.trimtab.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The prompt of a pair: {@code Q: hot}, a line break, {@code A:}, and then {@code cold} (Todd et
 * al., "Function Vectors in Large Language Models", ICLR 2024).
 */
public final class PairPrompt {
  private PairPrompt() {}

  /** The prompt; ends without a space. */
  public static String prompt(Pair pair) {
    return "Q: " + pair.prompt() + "\nA:";
  }

  /** The expected continuation; begins with a space. */
  public static String target(Pair pair) {
    return " " + pair.target();
  }

  /** Answered examples to put before a prompt, each followed by an empty line. */
  public static String context(List<Pair> examples) {
    return examples.stream()
        .map(pair -> prompt(pair) + target(pair) + "\n\n")
        .collect(Collectors.joining());
  }
}
