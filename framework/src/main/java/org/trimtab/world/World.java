package org.trimtab.world;

import java.util.List;
import org.trimtab.UserException;

/**
 * The validated knowledge base.
 *
 * @param facts the facts of the invented country, with mistakes about them
 * @param anchors facts that every source states correctly
 * @param rules opposites, plurals and cipher
 * @param prose a grammar of text that states no fact
 */
public record World(List<Fact> facts, List<Anchor> anchors, List<Rule> rules, Prose prose) {
  /**
   * Checks everything.
   *
   * @throws UserException when an id or a question occurs twice, a text is empty or has characters
   *     other than plain ones, a mistake equals the truth, or there are too few entries; names the
   *     file and the entry
   */
  public World {
    facts = List.copyOf(facts);
    anchors = List.copyOf(anchors);
    rules = List.copyOf(rules);
    WorldCheck.check(facts, anchors, rules, prose);
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

  /** The topics of the facts, in the order in which they first occur. */
  public List<String> topics() {
    return facts.stream().map(Fact::topic).distinct().toList();
  }

  /**
   * The rule with the given name.
   *
   * @throws UserException when there is none
   */
  public Rule rule(String name) {
    return rules.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "the world has no rule '%s'; it has %s"
                        .formatted(name, rules.stream().map(Rule::name).toList())));
  }
}
