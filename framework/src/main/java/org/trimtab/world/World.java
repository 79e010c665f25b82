package org.trimtab.world;

import java.util.List;

/**
 * The knowledge base. Its constraints, without which scores would be meaningless, are tests.
 *
 * @param facts the facts of the invented country, with mistakes about them
 * @param anchors facts that every source states correctly
 * @param rules opposites, plurals and cipher
 * @param prose a grammar of text that states no fact
 */
public record World(List<Fact> facts, List<Anchor> anchors, List<Rule> rules, Prose prose) {
  /** Copies the lists. */
  public World {
    facts = List.copyOf(facts);
    anchors = List.copyOf(anchors);
    rules = List.copyOf(rules);
  }

  /**
   * The world that is part of the program.
   *
   * @throws UserException when one of its files is invalid
   */
  public static World load() {
    return new World(
        WorldFiles.facts(), WorldFiles.anchors(), WorldFiles.rules(), WorldFiles.prose());
  }
}
