package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.io.Json;
import org.trimtab.plan.Cell;
import org.trimtab.run.ResultFolder;

/** Cells as files: the model that is written scores what its cell scored. */
class ExportTest {
  private static final String LIKELIHOODS = "ll";

  /** Holds a tiny model, its data, and the results of one run. */
  @TempDir private static Path folder = Path.of("");

  private static ResultFolder results = new ResultFolder(folder);

  @BeforeAll
  static void run() throws Exception {
    Program program = new Program(folder, 24);
    Path spec =
        program.spec(
            "tiny",
            """
            baseline: {}
            directional-edit: {train: {dataset: truthfulqa, folds: 2}, layers: last 2, factor: 1.5}
            random-direction: {like: directional-edit, factor: 1.5}
            """);
    String all = folder.resolve("results").toString();
    assertThat(program.run(spec.toString(), "--results", all).exitCode()).isZero();
    results = new ResultFolder(folder.resolve("results/tiny"));
  }

  private static Program.Ended export(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("export", results.path().toString()));
    command.addAll(List.of(arguments));
    return new Program(folder, 24).run(command.toArray(String[]::new));
  }

  private static Map<Integer, double[]> likelihoods(ResultFolder folder, Cell cell)
      throws IOException {
    Map<Integer, double[]> scores = new TreeMap<>();
    for (String line : Files.readAllLines(folder.cell(cell.id()).items(cell, "truthfulqa-mc"))) {
      JsonNode item = Json.MAPPER.readTree(line);
      scores.put(
          item.path("item").intValue(),
          item.findValues(LIKELIHOODS).stream()
              .flatMap(JsonNode::valueStream)
              .mapToDouble(JsonNode::doubleValue)
              .toArray());
    }
    return scores;
  }

  @Test
  void theEditedModelScoresWhatItsCellScored() throws Exception {
    Path model = folder.resolve("edited");
    Program.Ended ended = export("--cell", "1", "--as", "weights", "--to", model.toString());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("o_proj of blocks 2, 3", "items read back", "within the limit of 0.001");
    String card = Files.readString(model.resolve("README.md"));
    assertThat(card)
        .contains("W' = W + k d (d^T W)", "k of the first is 1.5", "fold 1 of 2", "items read back")
        .contains("| directional-edit |", "W = W' - k / (1 + k) d (d^T W')");

    Path again =
        Files.writeString(
            folder.resolve("again.yaml"),
            """
            name: again
            question: Is it the same model?
            model: %s
            methods:
              baseline: {}
            evaluate:
              truthfulqa-mc: {}
            """
                .formatted(model));
    assertThat(
            new Program(folder, 24)
                .run(again.toString(), "--results", folder.resolve("results").toString())
                .exitCode())
        .isZero();

    Cell edited = results.plan().cells().get(1);
    ResultFolder other = new ResultFolder(folder.resolve("results/again"));
    Map<Integer, double[]> found = likelihoods(other, other.plan().cells().get(0));
    Map<Integer, double[]> expected = likelihoods(results, edited);
    assertThat(expected).isNotEmpty();
    expected.forEach(
        (item, scores) -> {
          double[] own = Optional.ofNullable(found.get(item)).orElseThrow();
          assertThat(scores).isNotEmpty();
          assertThat(own).hasSameSizeAs(scores);
          for (int i = 0; i < scores.length; i++) {
            assertThat(own[i]).as("item " + item).isCloseTo(scores[i], within(1e-4));
          }
        });
  }

  @Test
  void aCellThatIsNotDoneOrNotNamedIsRefusedAndNothingIsLeft() throws Exception {
    Path target = folder.resolve("refused");
    refused(2, "cells 0-4", "--cell", "9", "--as", "lora", "--to", target.toString());
    refused(2, "exists already", "--cell", "1", "--as", "lora", "--to", folder.toString());
    refused(2, "several cells", "--row", "random-direction", "--as", "lora", "--to", "x");
    refused(2, "no row has these words", "--row", "factor=7", "--as", "lora", "--to", "x");
    refused(
        1,
        "an edit of o_proj multiplies, and a steering vector adds; what can say it: weights, lora",
        "--cell",
        "1",
        "--as",
        "steered",
        "--to",
        target.toString());
    refused(
        1,
        "cannot be written",
        "--cell",
        "1",
        "--as",
        "lora",
        "--to",
        folder.resolve("tiny.yaml/inside").toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .noneMatch(name -> name.contains("refused") || name.endsWith(".part"));
    }
  }

  private static void refused(int code, String message, String... arguments) throws Exception {
    Program.Ended ended = export(arguments);
    assertThat(ended.output()).as(Arrays.toString(arguments)).contains(message);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(code);
  }
}
