package org.trimtab.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.io.Json;
import org.trimtab.world.Fact.FactAnswer;
import org.trimtab.world.Rule.WordPair;

/**
 * The world's question sets in the formats of public ones, so that the same readers and evaluators
 * accept both. They are resources in {@code benchmark/} beside this class; as data sets they are
 * named without the extension.
 */
public final class Benchmark {
  /** The minimum length of the prose, in characters. */
  private static final int PROSE = 20_000;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Benchmark() {}

  /**
   * The content of each file, by its name: world-truth.json in the form of TruthfulQA's
   * mc_task.json, world-questions.csv of SimpleQA, a world-RULE.json for each rule of the
   * function-vector tasks, world-facts.json and world-anchors.json of fact sets with contexts and
   * distractors, and world-prose.txt, plain text for perplexity.
   *
   * @param seed determines the prose and the level of facts
   */
  public static Map<String, String> files(World world, long seed) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("world-truth.json", truth(world));
    files.put("world-questions.csv", questions(world));
    for (Rule rule : world.rules()) {
      files.put("world-" + rule.name() + ".json", words(rule));
    }
    files.put("world-facts.json", facts(world, new StatementFrequencies(seed)));
    files.put("world-anchors.json", anchors(world));
    files.put("world-prose.txt", new Corpus(world, seed).heldOutProse(PROSE));
    return files;
  }

  private static String truth(World world) {
    ArrayNode items = NODES.arrayNode();
    for (Fact fact : world.facts()) {
      ObjectNode targets = NODES.objectNode().put(fact.truth().statement(), 1);
      fact.mistakes().forEach(mistake -> targets.put(mistake.statement(), 0));
      items
          .addObject()
          .put("question", fact.question())
          .<ObjectNode>set("mc1_targets", targets)
          .set("mc2_targets", targets);
    }
    return json(items);
  }

  /** Only the metadata needs quotes: the world's texts are plain. */
  private static String questions(World world) {
    StringBuilder table = new StringBuilder("metadata,problem,answer\n");
    for (Fact fact : world.facts()) {
      String metadata = "{'topic': '" + fact.topic() + "', 'answer_type': 'Other', 'urls': []}";
      table.append("\"%s\",%s,%s\n".formatted(metadata, fact.question(), fact.truth().shortForm()));
    }
    return table.toString();
  }

  private static String words(Rule rule) {
    ArrayNode items = NODES.arrayNode();
    for (WordPair pair : rule.pairs()) {
      items.addObject().put("input", pair.input()).put("output", pair.output());
    }
    return json(items);
  }

  private static String facts(World world, StatementFrequencies frequencies) {
    ArrayNode items = NODES.arrayNode();
    for (Fact fact : world.facts()) {
      List<String> mistakes = fact.mistakes().stream().map(FactAnswer::statement).toList();
      fact(items, fact.id(), fact.question(), fact.truth().statement(), mistakes)
          .put("topic", fact.topic())
          .put("level", frequencies.settled(fact) ? "settled" : "spread");
    }
    return json(items);
  }

  private static String anchors(World world) {
    ArrayNode items = NODES.arrayNode();
    for (Anchor anchor : world.anchors()) {
      fact(items, anchor.id(), anchor.question(), anchor.truth(), anchor.distractors())
          .put("topic", "anchors")
          .put("level", "anchor");
    }
    return json(items);
  }

  /** Scored as "context: statement", which reads like the documents about facts. */
  private static ObjectNode fact(
      ArrayNode items, String id, String question, String truth, List<String> distractors) {
    ObjectNode item =
        items
            .addObject()
            .put("id", id)
            .put("context", "Q: " + question + "\nA")
            .put("truth", truth);
    distractors.forEach(item.putArray("distractors")::add);
    return item;
  }

  private static String json(ArrayNode items) {
    return Json.spread(items);
  }
}
