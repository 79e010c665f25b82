package org.trimtab.world;

import java.util.List;

/**
 * A rule about words that a model can infer from a few pairs, as in the tasks of Todd et al.,
 * "Function Vectors in Large Language Models", ICLR 2024.
 *
 * @param name opposites, plurals or cipher
 * @param pairs words under the rule; no input occurs twice
 */
public record Rule(String name, List<WordPair> pairs) {
  /** Copies the list. */
  public Rule {
    pairs = List.copyOf(pairs);
  }

  /** The enciphered word: each letter becomes the next one in the alphabet, and z becomes a. */
  static String cipher(String word) {
    StringBuilder cipher = new StringBuilder();
    word.chars().forEach(letter -> cipher.append(letter == 'z' ? 'a' : (char) (letter + 1)));
    return cipher.toString();
  }

  /**
   * A word and what a rule makes of it.
   *
   * @param input the word
   * @param output the word that the rule gives
   */
  public record WordPair(String input, String output) {}
}
