package org.trimtab.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;

/**
 * Reads a journal by replaying its lines. A torn last line (no line feed) is ignored. A start line
 * in the middle begins the cell again: earlier lines no longer count.
 */
final class JournalReader {
  /** The beginning of item lines, which summaries skip unread. */
  private static final String ITEM_LINE = "{\"kind\":\"item\",";

  private static final String GRADED_LINE = "{\"kind\":\"graded\",";
  private static final String TRIAL_LINE = "{\"kind\":\"trial\",";

  private final Path file;
  private final String id;
  private final boolean withItems;

  private @Nullable Cell cell;
  private String started = "";
  private @Nullable String ended;
  private @Nullable Environment environment;
  private @Nullable ObjectNode facts;
  private @Nullable Double effect;
  private final Map<String, Map<Integer, ItemResult>> items = new LinkedHashMap<>();
  private final Map<String, List<AnswerTrial>> trials = new LinkedHashMap<>();
  private final Map<String, CellJournal.Evaluated> evaluated = new LinkedHashMap<>();
  private @Nullable CellEnd end;
  private double seconds;
  private int sessions;

  private JournalReader(Path file, String id, boolean withItems) {
    this.file = file;
    this.id = id;
    this.withItems = withItems;
  }

  /**
   * Reads the journal of a cell.
   *
   * @param id the cell's id: a journal of any other cell is refused
   * @param withItems whether item results are wanted; without them reading is much faster
   * @return empty if there is no journal, or none with a complete first line
   * @throws UserException when the journal is damaged or not of this cell
   */
  static Optional<CellJournal> read(Path file, String id, boolean withItems) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, 0, completeBytes(bytes), StandardCharsets.UTF_8);
      return new JournalReader(file, id, withItems).replay(text);
    } catch (IOException e) {
      throw new UserException("cannot read the journal " + file + " (" + e + ")", e);
    }
  }

  /** The length of the complete lines at the beginning: up to the last line feed. */
  static int completeBytes(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    return length;
  }

  private Optional<CellJournal> replay(String text) {
    int number = 0;
    for (int from = 0; from < text.length(); ) {
      int to = text.indexOf('\n', from);
      number++;
      boolean ofItem =
          text.startsWith(ITEM_LINE, from)
              || text.startsWith(GRADED_LINE, from)
              || text.startsWith(TRIAL_LINE, from);
      if (withItems || cell == null || !ofItem) {
        apply(text.substring(from, to), number);
      }
      from = to + 1;
    }
    Cell known = cell;
    Environment where = environment;
    if (known == null || where == null) {
      return Optional.empty();
    }
    return Optional.of(
        new CellJournal(
            known,
            started,
            ended,
            where,
            facts,
            effect,
            Collections.unmodifiableMap(trials),
            Collections.unmodifiableMap(items),
            Collections.unmodifiableMap(evaluated),
            end,
            seconds,
            sessions));
  }

  private void apply(String text, int number) {
    try {
      JsonNode line = Json.MAPPER.readTree(text);
      String kind = line.required("kind").asText();
      if (cell == null && !kind.equals("start")) {
        throw damaged(number, "the first line must be of kind 'start', not '" + kind + "'", null);
      }
      switch (kind) {
        case "start" -> start(line, number);
        case "resume" -> resume();
        case "fit" -> facts = (ObjectNode) line.required("facts");
        case "effect" -> effect = number(line.required("change"));
        case "trial" -> trial(line);
        case "item" -> item(line);
        case "graded" -> graded(line);
        case "evaluated" -> evaluated(line);
        case "pause" -> seconds += number(line.required("seconds"));
        case "end" -> end(line);
        default -> throw damaged(number, "there is no kind of line '" + kind + "'", null);
      }
    } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
      throw damaged(number, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
    }
  }

  private void start(JsonNode line, int number) throws JsonProcessingException {
    int format = line.required("format").asInt();
    if (format != Journal.FORMAT) {
      throw new UserException(
          file
              + " has format "
              + format
              + "; this version reads and writes format "
              + Journal.FORMAT
              + ". Use the version that wrote it, or move the cell's folder away to run it again.");
    }
    Cell described = Json.MAPPER.treeToValue(line.required("cell"), Cell.class);
    if (!described.id().equals(id)) {
      throw damaged(number, "it is of cell " + described.id() + ", not of " + id, null);
    }
    cell = described;
    started = line.required("time").asText();
    environment = Json.MAPPER.treeToValue(line.required("environment"), Environment.class);
    facts = null;
    effect = null;
    trials.clear();
    items.clear();
    evaluated.clear();
    resume();
  }

  private void resume() {
    end = null;
    ended = null;
    sessions++;
  }

  private void trial(JsonNode line) {
    trials
        .computeIfAbsent(line.required("evaluation").asText(), name -> new ArrayList<>())
        .add(
            new AnswerTrial(
                line.required("item").intValue(),
                line.required("trial").intValue(),
                (ObjectNode) line.required("details")));
  }

  private void item(JsonNode line) {
    ItemResult result = result(line);
    Map<Integer, ItemResult> results =
        items.computeIfAbsent(line.required("evaluation").asText(), name -> new LinkedHashMap<>());
    results.remove(result.item());
    results.put(result.item(), result);
  }

  /** Keeps its place in the order of scoring. */
  private void graded(JsonNode line) {
    ItemResult result = result(line);
    Map<Integer, ItemResult> results =
        items.getOrDefault(line.required("evaluation").asText(), Map.of());
    if (!results.containsKey(result.item())) {
      throw new IllegalArgumentException("item " + result.item() + " was graded and never scored");
    }
    results.put(result.item(), result);
  }

  private static ItemResult result(JsonNode line) {
    Map<String, Double> scores = numbers(line.required("scores"));
    int item = line.required("item").intValue();
    return new ItemResult(item, (ObjectNode) line.required("details"), scores);
  }

  private void evaluated(JsonNode line) {
    evaluated.put(
        line.required("evaluation").asText(),
        new CellJournal.Evaluated(
            line.required("items").intValue(),
            numbers(line.required("metrics")),
            line.required("time").asText()));
  }

  private void end(JsonNode line) throws JsonProcessingException {
    end = Json.MAPPER.treeToValue(line, CellEnd.class);
    ended = line.required("time").asText();
    seconds += number(line.required("seconds"));
  }

  private static Map<String, Double> numbers(JsonNode object) {
    Map<String, Double> numbers = new TreeMap<>();
    object.properties().forEach(entry -> numbers.put(entry.getKey(), number(entry.getValue())));
    return Collections.unmodifiableMap(numbers);
  }

  private static double number(JsonNode node) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("expected a number, found " + node);
    }
    return node.doubleValue();
  }

  private UserException damaged(int number, String what, @Nullable Exception cause) {
    return new UserException(
        file
            + ":"
            + number
            + ": the journal is damaged: "
            + what
            + ". Nothing of it is used. Move the folder "
            + file.getParent()
            + " away (or delete it) and run the same command: the cell is then run again.",
        cause);
  }
}
