package org.trimtab.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.data.ItemFile.Item;

/**
 * A context with a true completion and false ones, as in political_facts (arXiv 2604.14174).
 *
 * @param index its position in the file, from 0; the item's id
 * @param id its name in the file
 * @param context what the completions are about
 * @param truth the true completion
 * @param distractors false completions, at least one
 * @param topic what it is about, in a word; null if the file does not say
 * @param level how it is framed; null if the file does not say
 */
public record Fact(
    int index,
    String id,
    String context,
    String truth,
    List<String> distractors,
    @Nullable String topic,
    @Nullable String level) {
  /** Copies the list. */
  public Fact {
    distractors = List.copyOf(distractors);
  }

  /** What every text begins with. */
  public String prompt() {
    return context + ":";
  }

  /** The texts to compare, {@code context: completion}, the true one first. */
  public List<String> texts() {
    return Stream.concat(Stream.of(truth), distractors.stream())
        .map(completion -> prompt() + " " + completion)
        .toList();
  }

  /**
   * Reads a list of objects {@code {"id", "context", "truth", "distractors": [text, ...], "topic",
   * "level"}}, or one per line. Texts are kept as they are; topic and level may be missing, and
   * other fields are ignored.
   *
   * @throws UserException when the file cannot be read, an item has another form, an id occurs
   *     twice or a distractor is the truth; names the line
   */
  public static List<Fact> read(Path file) {
    List<Fact> facts = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    for (Item item : ItemFile.read(file)) {
      Fact fact = of(item);
      String before = places.putIfAbsent(fact.id, item.place());
      if (before != null) {
        throw new UserException(
            "%s: the id '%s' is that of %s, too; every fact needs its own"
                .formatted(item.place(), fact.id, before));
      }
      facts.add(fact);
    }
    return List.copyOf(facts);
  }

  /** Whether an item has this form, or is meant to. */
  static boolean is(Item item) {
    return item.has("truth") || item.has("distractors");
  }

  private static Fact of(Item item) {
    if (item.table()) {
      throw new UserException(
          item.file()
              + ": facts have lists of distractors, which a table cannot hold; write a list of"
              + " objects in JSON, or an object per line");
    }
    String truth = item.text("truth");
    return new Fact(
        item.index(),
        item.text("id"),
        item.text("context"),
        truth,
        distractors(item, truth),
        optional(item, "topic"),
        optional(item, "level"));
  }

  private static @Nullable String optional(Item item, String name) {
    return item.get(name).isMissingNode() || item.get(name).isNull() ? null : item.text(name);
  }

  private static List<String> distractors(Item item, String truth) {
    JsonNode list = item.get("distractors");
    if (!list.isArray() || list.isEmpty()) {
      throw new UserException(
          item.place()
              + ": 'distractors' is missing, empty or not a list; a fact needs at least one false"
              + " completion");
    }
    List<String> texts = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (JsonNode each : list) {
      if (!each.isTextual() || each.textValue().isBlank()) {
        throw new UserException(
            item.place() + ": a distractor is " + each + ", expected a text that is not empty");
      }
      String text = each.textValue();
      if (text.strip().equals(truth.strip())) {
        throw new UserException(item.place() + ": the distractor '" + text + "' is the truth");
      }
      if (!known.add(text.strip())) {
        throw new UserException(item.place() + ": the distractor '" + text + "' occurs twice");
      }
      texts.add(text);
    }
    return texts;
  }
}
