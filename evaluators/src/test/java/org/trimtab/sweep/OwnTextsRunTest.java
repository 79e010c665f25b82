package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.cli.InProcess;

/** Directions from texts of the user's own, from the spec to the table, on the embedded model. */
class OwnTextsRunTest {
  private static final Path FACTS =
      Path.of("../framework/src/main/resources/org/trimtab/world/benchmark/world-truth.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  private InProcess.Ended run(String... arguments) {
    return new InProcess(folder, Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()))
        .run(arguments);
  }

  private Path spec(String methods) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder.resolve("specs")).resolve("own.yaml"),
        """
        name: own
        question: Is the planted truth found from texts of one's own?
        model: world
        methods:
          baseline: {}
        %sevaluate:
          truthfulqa-mc: {dataset: world-truth, items: 90-180, primer: false}
        """
            .formatted(methods.indent(2)));
  }

  /** The first half of the world's facts, told right and wrong. */
  private void writeFacts() throws IOException {
    List<String> pairs = new ArrayList<>();
    JsonNode facts = MAPPER.readTree(Files.readString(FACTS));
    for (int i = 0; i < 90; i++) {
      String question = facts.path(i).path("question").asText();
      List<String> answers = new ArrayList<>();
      facts.path(i).path("mc1_targets").fieldNames().forEachRemaining(answers::add);
      for (int wrong = 1; wrong < answers.size(); wrong++) {
        ObjectNode pair = MAPPER.createObjectNode();
        pair.put("positive", "Q: " + question + "\nA: " + answers.get(0));
        pair.put("negative", "Q: " + question + "\nA: " + answers.get(wrong));
        pairs.add(pair.toString());
      }
    }
    Files.createDirectories(folder.resolve("specs"));
    Files.write(folder.resolve("specs/facts.jsonl"), pairs);
  }

  @Test
  void thePlantedDirectionIsFoundAndNotFromShuffledLabels() throws IOException {
    writeFacts();
    Path spec =
        spec(
            """
            directional-edit:
              train: {pairs: facts.jsonl}
              direction: {hidden_state: 4, template: plain}
              layers: last 50%
              factor: -2
            shuffled-labels: {like: directional-edit}
            random-direction: {like: directional-edit}
            questions:
              method: directional-edit
              train: {dataset: world-truth, items: 0-89}
              direction: {hidden_state: 4, lines: answers}
              layers: last 50%
              factor: -2
            """);

    InProcess.Ended ended = run(spec.toString());

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(run("verify", folder.resolve("results/own").toString()).exitCode()).isZero();
    InProcess.Ended read = run("read", folder.resolve("results/own").toString(), "--cell", "1");
    assertThat(read.exitCode()).as(read.err()).isZero();
    Map<String, Double> right = scores("mc1");
    Map<String, Double> likelihood = scores("mc2");
    assertThat(right.get("directional-edit")).isEqualTo(right.get("questions"), within(1e-9));
    assertThat(likelihood.get("directional-edit"))
        .isEqualTo(likelihood.get("questions"), within(1e-4));
    double gain = score(likelihood, "directional-edit") - score(likelihood, "baseline");
    assertThat(gain).isGreaterThan(0.05);
    for (String control : List.of("shuffled-labels", "random-direction")) {
      assertThat(score(likelihood, control) - score(likelihood, "baseline")).isLessThan(gain / 2);
    }
  }

  /** A score of every method. */
  private Map<String, Double> scores(String metric) throws IOException {
    List<String> cells = Files.readAllLines(folder.resolve("results/own/cells.csv"));
    List<String> header = List.of(cells.get(0).split(","));
    Map<String, Double> scores = new HashMap<>();
    for (String line : cells.subList(1, cells.size())) {
      String[] values = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
      scores.put(
          values[header.indexOf("key")],
          Double.parseDouble(values[header.indexOf("world-truth/" + metric)]));
    }
    return scores;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Sing.↵Rhyme.   | Add.↵Sort. | {positive: p.txt, negative: n.txt}             | 0 | 4
          Sing.↵↵Rhyme.  | Add.       | {positive: p.txt, negative: n.txt}             | 2 | own.yaml:7:12: FOLDER/p.txt:2: the line is empty
          Sing.          | Sing.      | {positive: p.txt, negative: n.txt}             | 2 | n.txt:1: this text is also FOLDER/p.txt:1
          ""             | Sing.      | {positive: p.txt, negative: n.txt}             | 2 | p.txt: the file holds no text
          Sing.          | Add.       | {positive: gone.txt, negative: n.txt}          | 2 | 'gone.txt' is no data set
          Sing.          | Add.       | {positive: d.txt, negative: n.txt}             | 2 | d.txt: this is a folder, expected a file
          Sing.          | Add.       | {positive: p.txt, negative: n.txt, lines: first 2} | 2 | own.yaml:7:12: lines first 2: p.txt has 1 different line
          """)
  void mistakesEndTheRunBeforeItBegins(
      String positive, String negative, String train, int exitCode, String message)
      throws IOException {
    Path specs = Files.createDirectories(folder.resolve("specs"));
    Files.createDirectories(specs.resolve("d.txt"));
    Files.writeString(specs.resolve("p.txt"), positive.replace("↵", "\n"));
    Files.writeString(specs.resolve("n.txt"), negative.replace("↵", "\n"));
    Path spec =
        spec(
            """
            directional-edit:
              train: %s
              direction: {template: plain}
              layers: 3
            """
                .formatted(train));

    InProcess.Ended ended = run("check", spec.toString());

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(exitCode);
    if (exitCode != 0) {
      assertThat(ended.err()).contains(message.replace("FOLDER", specs.toString()));
      assertThat(folder.resolve("results")).doesNotExist();
    }
  }

  private static double score(Map<String, Double> scores, String method) {
    return Objects.requireNonNull(scores.get(method), method);
  }
}
