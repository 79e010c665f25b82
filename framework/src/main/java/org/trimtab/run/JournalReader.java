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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.ItemResult;
import org.trimtab.evaluate.answer.AnswerTrial;
import org.trimtab.io.Hashes;
import org.trimtab.io.InputFile;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.plan.ItemSet;
import org.trimtab.plan.PlannedEvaluation;

/**
 * Reads a journal by replaying its lines, each of which must continue the chain of checks. A torn
 * last line (no line feed) is ignored. A start line in the middle begins the cell again: earlier
 * lines no longer count. A cell that is done has a fit, an effect, and everything that it planned
 * to measure, once.
 */
final class JournalReader {
  /** The beginnings of lines of items, which summaries skip after their check. */
  private static final List<String> ITEM_LINES =
      List.of("{\"kind\":\"item\",", "{\"kind\":\"graded\",", "{\"kind\":\"trial\",");

  private static final String DIRECTIONS = "directions_sha256";

  private final Path file;
  private final String id;
  private final boolean withItems;
  private final JournalChain chain = new JournalChain();

  /** The number of the line that is read, from 1. */
  private int number;

  private @Nullable Cell cell;
  private String started = "";
  private @Nullable String ended;
  private @Nullable Environment environment;
  private @Nullable ObjectNode facts;
  private @Nullable CellCost cost;
  private @Nullable String directions;
  private @Nullable Double effect;
  private @Nullable GenerationTime generation;
  private final Map<String, Map<Integer, ItemResult>> items = new LinkedHashMap<>();
  private final Map<String, List<AnswerTrial>> trials = new LinkedHashMap<>();
  private final Map<String, CellJournal.Evaluated> evaluated = new LinkedHashMap<>();
  private final Set<String> scoredNow = new HashSet<>();
  private @Nullable CellEnd end;
  private int endLine;
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
      return new JournalReader(file, id, withItems)
          .replay(Files.readAllBytes(InputFile.regularIfThere(file)));
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

  private Optional<CellJournal> replay(byte[] bytes) {
    int complete = completeBytes(bytes);
    for (int from = 0, to = 0; from < complete; from = to + 1) {
      for (to = from; bytes[to] != '\n'; ) {
        to++;
      }
      number++;
      if (!chain.continues(bytes, from, to)) {
        if (number == 1 && !JournalChain.isChecked(bytes, from, to)) {
          refuseEarlierFormat(text(bytes, from, to));
        }
        throw damaged("the line and those before it do not give its check", null);
      }
      if (withItems || cell == null || !isOfItem(bytes, from)) {
        apply(text(bytes, from, to));
      }
    }
    checkComplete();
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
            cost,
            directions,
            effect,
            generation,
            Collections.unmodifiableMap(trials),
            Collections.unmodifiableMap(items),
            Collections.unmodifiableMap(evaluated),
            end,
            seconds,
            sessions));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean isOfItem(byte[] bytes, int from) {
    return ITEM_LINES.stream().anyMatch(begin -> JournalChain.startsWith(bytes, from, begin));
  }

  /** Whole journals of versions that wrote no checks are told from damaged lines. */
  private void refuseEarlierFormat(String text) {
    try {
      JsonNode line = Json.MAPPER.readTree(text);
      if (line.path("kind").asText().equals("start") && line.path("format").isInt()) {
        checkFormat(line);
      }
    } catch (JsonProcessingException e) {
      throw damaged(reason(e), e);
    }
  }

  private void checkFormat(JsonNode line) {
    int format = integer(line, "format");
    if (format != Journal.FORMAT) {
      throw new UserException(
          ("%s:%s: the journal has format %s; this version reads and writes format %s. Use"
                  + " the version that wrote it, or move the folder of these results away and run the"
                  + " spec again.")
              .formatted(file, number, format, Journal.FORMAT));
    }
  }

  private void apply(String text) {
    try {
      JsonNode line = Json.MAPPER.readTree(text);
      String kind = text(line, "kind");
      if (cell == null && !kind.equals("start")) {
        throw damaged("the first line must be of kind 'start', not '" + kind + "'", null);
      }
      switch (kind) {
        case "start" -> start(line);
        case "resume" -> resume();
        case "fit" -> fit(line);
        case "effect" -> effect(line);
        case "trial" -> trial(line);
        case "item" -> item(line);
        case "graded" -> graded(line);
        case "evaluated" -> evaluated(line);
        case "pause" -> seconds += number(line.required("seconds"));
        case "end" -> end(line);
        default -> throw damaged("there is no kind of line '" + kind + "'", null);
      }
    } catch (JsonProcessingException | IllegalArgumentException | ClassCastException e) {
      throw damaged(reason(e), e);
    }
  }

  private void start(JsonNode line) throws JsonProcessingException {
    checkFormat(line);
    Cell described = Json.MAPPER.treeToValue(line.required("cell"), Cell.class);
    if (!described.id().equals(id)) {
      throw damaged("it is of cell " + described.id() + ", not of " + id, null);
    }
    checkIds(described);
    cell = described;
    started = text(line, "time");
    environment = Json.MAPPER.treeToValue(line.required("environment"), Environment.class);
    facts = null;
    cost = null;
    directions = null;
    effect = null;
    generation = null;
    trials.clear();
    items.clear();
    evaluated.clear();
    resume();
  }

  /** Ids are hashes of what the results depend on: another identity is another cell. */
  private void checkIds(Cell described) {
    String computed = Cell.idOf(described.identity());
    if (!computed.equals(described.id())) {
      throw damaged("its cell " + described.id() + " has the identity of " + computed, null);
    }
    described.bases().forEach(this::checkIds);
  }

  /** Earlier versions recorded no cost. */
  private void fit(JsonNode line) throws JsonProcessingException {
    facts = (ObjectNode) line.required("facts");
    cost = line.has("cost") ? Json.MAPPER.treeToValue(line.get("cost"), CellCost.class) : null;
    directions = line.has(DIRECTIONS) ? text(line, DIRECTIONS) : null;
  }

  private void effect(JsonNode line) throws JsonProcessingException {
    effect = number(line.required("change"));
    JsonNode time = line.path("generation");
    generation = time.isObject() ? Json.MAPPER.treeToValue(time, GenerationTime.class) : null;
  }

  private void resume() {
    end = null;
    ended = null;
    scoredNow.clear();
    sessions++;
  }

  private void trial(JsonNode line) {
    trials
        .computeIfAbsent(evaluation(line), name -> new ArrayList<>())
        .add(
            new AnswerTrial(
                integer(line, "item"),
                integer(line, "trial"),
                (ObjectNode) line.required("details")));
  }

  /** A later session scores a batch again that it finds in part; a session scores nothing twice. */
  private void item(JsonNode line) {
    ItemResult result = result(line);
    String evaluation = evaluation(line);
    if (!scoredNow.add(evaluation + "/" + result.item())) {
      throw new IllegalArgumentException(
          evaluation + ": item " + result.item() + " was scored twice");
    }
    Map<Integer, ItemResult> results =
        items.computeIfAbsent(evaluation, name -> new LinkedHashMap<>());
    results.remove(result.item());
    results.put(result.item(), result);
  }

  /** Keeps its place in the order of scoring. */
  private void graded(JsonNode line) {
    ItemResult result = result(line);
    Map<Integer, ItemResult> results = items.getOrDefault(evaluation(line), Map.of());
    if (!results.containsKey(result.item())) {
      throw new IllegalArgumentException("item " + result.item() + " was graded and never scored");
    }
    results.put(result.item(), result);
  }

  private static ItemResult result(JsonNode line) {
    Map<String, Double> scores = numbers(line.required("scores"));
    return new ItemResult(integer(line, "item"), (ObjectNode) line.required("details"), scores);
  }

  private void evaluated(JsonNode line) {
    evaluated.put(
        evaluation(line),
        new CellJournal.Evaluated(
            integer(line, "items"), numbers(line.required("metrics")), text(line, "time")));
  }

  private void end(JsonNode line) throws JsonProcessingException {
    text(line, "status");
    end = Json.MAPPER.treeToValue(line, CellEnd.class);
    ended = text(line, "time");
    endLine = number;
    seconds += number(line.required("seconds"));
  }

  /** Everything that a done cell planned is there, and nothing else. */
  private void checkComplete() {
    Cell known = cell;
    if (known == null || end == null || end.status() != CellStatus.DONE) {
      return;
    }
    number = endLine;
    if (facts == null || effect == null) {
      throw damaged("the cell ended as done without a fit or its effect", null);
    }
    if (directions != null) {
      checkDirections(directions);
    }
    for (PlannedEvaluation planned : known.evaluations()) {
      CellJournal.Evaluated metrics = evaluated.get(planned.name());
      if (metrics == null) {
        throw damaged("the cell ended as done without metrics of " + planned.name(), null);
      }
      if (withItems) {
        checkItems(known, planned, metrics.items());
      }
    }
  }

  /** The directions are those of the fit that was scored. */
  private void checkDirections(String recorded) {
    Path cell = Objects.requireNonNull(file.toAbsolutePath().getParent(), "of a journal");
    Path kept = new CellFolder(cell).directions();
    String found;
    try {
      found = Files.exists(kept) ? Hashes.file(InputFile.regular(kept)) : "";
    } catch (IOException e) {
      throw new UserException("cannot read " + kept + " (" + e + ")", e);
    }
    if (!found.equals(recorded)) {
      throw new UserException(
          "%s: %s. Put back the file, or move the folder %s away (or delete it) and run the same command: the cell is then run again."
              .formatted(
                  kept,
                  found.isEmpty()
                      ? "the file of the cell's directions is lost"
                      : "the cell's directions were changed: SHA-256 "
                          + found
                          + ", the journal has "
                          + recorded,
                  file.getParent()));
    }
  }

  private void checkItems(Cell known, PlannedEvaluation planned, int count) {
    Set<Integer> found = items.getOrDefault(planned.name(), Map.of()).keySet();
    if (found.size() != count) {
      throw damaged(
          "the metrics of %s are of %d items, and there are lines of %d"
              .formatted(planned.name(), count, found.size()),
          null);
    }
    Optional<ItemSet> expected =
        Evaluators.scored(planned)
            .map(items -> items.where(item -> known.scores(planned.dataset(), item)));
    if (expected.isPresent() && !expected.get().equals(ItemSet.of(found))) {
      throw damaged(
          "%s plans the items %s, and there are lines of %s"
              .formatted(planned.name(), expected.get(), ItemSet.of(found)),
          null);
    }
  }

  /** The name of one of the cell's evaluations. */
  private String evaluation(JsonNode line) {
    String name = text(line, "evaluation");
    if (cell == null || cell.evaluations().stream().noneMatch(each -> each.name().equals(name))) {
      throw new IllegalArgumentException("the cell has no evaluation '" + name + "'");
    }
    return name;
  }

  private static String text(JsonNode line, String key) {
    JsonNode node = line.required(key);
    if (!node.isTextual()) {
      throw new IllegalArgumentException(key + ": expected a text, found " + node);
    }
    return node.textValue();
  }

  private static int integer(JsonNode line, String key) {
    JsonNode node = line.required(key);
    if (!node.isInt() || node.intValue() < 0) {
      throw new IllegalArgumentException(key + ": expected an integer from 0, found " + node);
    }
    return node.intValue();
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

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private UserException damaged(String what, @Nullable Exception cause) {
    return new UserException(
        ("%s:%s: the journal is damaged: %s. Nothing of it is used. Move the folder %s away"
                + " (or delete it) and run the same command: the cell is then run again.")
            .formatted(file, number, what, file.getParent()),
        cause);
  }
}
