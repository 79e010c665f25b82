package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.io.Json;

/** Directions of cells on the embedded model, in which it is known what was planted. */
class ReadTest {
  /** Holds the results of one run. */
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void run() throws Exception {
    Path spec =
        program()
            .write(
                "planted.yaml",
                """
                name: planted
                question: Is the truth a direction?
                model: world
                methods:
                  baseline: {}
                  directional-edit:
                    train: {dataset: world-truth, folds: 2}
                    direction: {hidden_state: 4, lines: answers}
                    layers: last 50%
                    factor: -1
                  shuffled-labels: {like: directional-edit, factor: -1}
                  few:
                    method: directional-edit
                    train: {dataset: world-truth, items: 0}
                evaluate:
                  truthfulqa-mc: {dataset: world-truth, limit: 12, primer: false}
                """);
    Program.Ended ended = program().run(spec.toString(), "--results", results().toString());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
  }

  private static Program program() {
    return new Program(folder, 4);
  }

  private static Path results() {
    return folder.resolve("results");
  }

  private static Program.Ended read(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("read", "planted", "--results", results().toString()));
    command.addAll(List.of(arguments));
    return program().run(command.toArray(String[]::new));
  }

  private static JsonNode json(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add("--json");
    Program.Ended ended = read(command.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return Json.MAPPER.readTree(ended.output().substring(ended.output().indexOf('{')));
  }

  private static double shift(JsonNode state, String side) {
    return state.path("lens").path(side).path("shift").path("z").doubleValue();
  }

  @Test
  void thePlantedDirectionIsFoundAndShuffledLabelsHaveNone() throws Exception {
    JsonNode planted = json("--cell", "1");
    JsonNode best = planted.path("best");
    assertThat(best.path("auc").doubleValue()).isGreaterThan(0.95);
    assertThat(best.path("p").doubleValue()).isLessThan(0.05);
    JsonNode last = planted.path("states").path(3);
    assertThat(last.path("state").intValue()).isEqualTo(4);
    assertThat(last.path("cell").path("interval").path("low").doubleValue()).isGreaterThan(0.9);
    assertThat(shift(last, "towards")).isGreaterThan(6);
    assertThat(last.path("lens").path("towards").path("shift").path("p").doubleValue())
        .isLessThan(0.05);
    // Documents name their source after an answer, and that is what the direction writes.
    JsonNode lens = planted.path("lenses").path(0);
    assertThat(lens.path("towards").path("peak").path("text").textValue()).isEqualTo("␣Archive");
    assertThat(lens.path("towards").path("peak").path("z").doubleValue()).isGreaterThan(3);
    assertThat(lens.path("away").path("peak").path("text").textValue()).isEqualTo("␣Gossip");
    assertThat(planted.path("screen").path("verdict").textValue()).isEqualTo("steerable");
    assertThat(planted.path("screen").path("p").doubleValue()).isLessThan(0.05);

    JsonNode shuffled = json("--cell", "3");
    assertThat(shuffled.path("subject").path("label").textValue()).contains("shuffled-labels");
    assertThat(shuffled.path("best").path("auc").doubleValue()).isLessThan(0.6);
    assertThat(shuffled.path("best").path("p").doubleValue()).isGreaterThan(0.05);
    assertThat(shuffled.path("screen").path("verdict").textValue()).isEqualTo("unsteerable");
    for (JsonNode state : shuffled.path("states")) {
      for (String side : List.of("towards", "away")) {
        assertThat(state.path("lens").path(side).path("shift").path("p").doubleValue())
            .isGreaterThan(0.05);
      }
    }
  }

  @Test
  void aSecondReadingWritesTheSameBytesAndAReadablePage() throws Exception {
    Program.Ended first = read("--cell", "2");
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("What the direction is: directional-edit", "AUC", "␣Archive", "steerable");
    assertThat(first.output().lines()).allMatch(line -> line.length() <= 110);
    Map<String, byte[]> files = files();
    assertThat(files)
        .containsKeys("index.md", "reading.json", "lines.csv", "heads.csv", "heads.png")
        .containsKeys("cosines.svg", "separation.svg", "tokens.csv", "states.csv");
    read("--cell", "2");
    assertThat(files()).containsExactlyEntriesOf(files);
  }

  @Test
  void theReportShowsTheReadingAndVerifyChecksIt() throws Exception {
    read("--cell", "2");
    Path report = results().resolve("planted/report/index.md");
    assertThat(Files.readString(report))
        .contains("## What the direction is", "| steerable |", "/index.md) | 0.9");
    String all = results().toString();
    Program.Ended same = program().run("verify", "planted", "--results", all);
    assertThat(same.exitCode()).as(same.output()).isZero();

    Path lines = readingOf(2).resolve("lines.csv");
    String whole = Files.readString(lines);
    Files.writeString(lines, whole.replaceFirst("positive,(-?)\\d", "positive,$123"));
    Program.Ended changed = program().run("verify", "planted", "--results", all);
    assertThat(changed.exitCode()).as(changed.output()).isEqualTo(1);
    assertThat(changed.output()).contains("hidden state 1, own: is", "and its lines give");
    Files.writeString(lines, whole);

    Path data = readingOf(2).resolve("reading.json");
    String text = Files.readString(data);
    Files.writeString(data, text.substring(0, text.length() / 2));
    Program.Ended damaged = program().run("report", "planted", "--results", all);
    assertThat(damaged.output()).contains("reading.json: damaged", "./run read");
    assertThat(damaged.exitCode()).isEqualTo(1);
    Files.writeString(data, text);
  }

  private static Path readingOf(int cell) throws IOException {
    JsonNode plan = Json.MAPPER.readTree(Files.readString(results().resolve("planted/plan.json")));
    String id = plan.path("cells").path(cell).path("id").textValue();
    return results().resolve("planted/read").resolve(id);
  }

  /** The files of the reading of cell 2. */
  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    JsonNode plan = Json.MAPPER.readTree(Files.readString(results().resolve("planted/plan.json")));
    String id = plan.path("cells").path(2).path("id").textValue();
    try (Stream<Path> all = Files.list(results().resolve("planted/read/" + id))) {
      for (Path file : all.toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return files;
  }

  @Test
  void whatHasNoDirectionOrTooFewLinesIsRefused() throws Exception {
    refused(
        1,
        "baseline (cell 0) has no direction: baseline does not act along one that lies between"
            + " contrasting lines; cells with a direction are 1, 2, 3, 4, 5",
        "--cell",
        "0");
    refused(2, "has cells 0-5", "--cell", "6");
    refused(2, "several cells", "--row", "shuffled-labels");
    refused(2, "no row has these words", "--row", "fusion");
    refused(2, "either --cell INDEX or --row WORDS");
    refused(1, "learns from 2 lines, 1 of them positive", "--row", "few");
  }

  private static void refused(int code, String message, String... arguments) throws Exception {
    Program.Ended ended = read(arguments);
    assertThat(ended.output()).as(Arrays.toString(arguments)).contains(message);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(code);
  }
}
