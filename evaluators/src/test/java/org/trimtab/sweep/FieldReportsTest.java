package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.cli.InProcess;

/**
 * Files as people meet them, through the command line, with the right values of their README:
 * perplexities are those of transformers 5.24 with torch 2.15 for the same weights.
 */
class FieldReportsTest {
  private static final Path FILES = Path.of("src/test/resources/field-reports").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void copyText() throws IOException {
    Files.copy(FILES.resolve("text.txt"), folder.resolve("text.txt"));
  }

  private InProcess.Ended run(String... arguments) {
    return new InProcess(folder, Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()))
        .run(arguments);
  }

  private InProcess.Ended run(Path model, String evaluation) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("field.yaml"),
            """
            name: field
            question: Is this file read for what it is?
            model: %s
            methods:
              baseline: {}
            evaluate:
              %s
            """
                .formatted(model, evaluation.replace("dataset: ", "dataset: " + folder + "/")));
    return run(spec.toString());
  }

  private List<String> items() throws IOException {
    try (var files = Files.walk(folder.resolve("results/field/cells"))) {
      Path items = files.filter(file -> file.endsWith("items.jsonl")).findFirst().orElseThrow();
      return Files.readAllLines(items);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gguf-biases/attention.gguf, 2057.29",
    "gguf-legacy-linear-rope/a.gguf, 1143.48",
    "gguf-ollama-gemma3/model.gguf, 59405.0",
    "int8-scales/compressed-tensors, 1521.58",
    "added-tokens/tokenizer-config, 2540.95",
    "tied-with-own-head, 1512.91",
  })
  void perplexityIsThatOfTransformers(String model, double expected) throws IOException {
    InProcess.Ended ended =
        run(FILES.resolve(model), "perplexity: {dataset: text.txt, window: 64, stride: 32}");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    List<String> cells = Files.readAllLines(folder.resolve("results/field/cells.csv"));
    int column = List.of(cells.get(0).split(",")).indexOf("text/perplexity");
    assertThat(Double.parseDouble(cells.get(1).split(",")[column]))
        .isCloseTo(expected, within(expected < 10_000 ? 0.006 : 0.06));
    if (model.startsWith("tied")) {
      assertThat(ended.err()).contains("tie_word_embeddings is true, but 'lm_head.weight' differs");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token-id-beyond-vocabulary | seeds' has the id 400, but the embedding has 400 rows",
        "lfs-pointer-in-folder | model.safetensors: is a Git LFS pointer, not the weights",
      })
  void whatCannotBeUsedIsNamedBeforeAnythingRuns(String model, String message) throws IOException {
    InProcess.Ended ended = run(FILES.resolve(model), "perplexity: {dataset: text.txt}");
    assertThat(ended.exitCode()).as(ended.err()).isBetween(1, 2);
    assertThat(ended.err()).contains(message).doesNotContain("unexpected");
    assertThat(folder.resolve("results/field/cells")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"template.json", "replaceempty.json"})
  void aTokenizerThatEndsTheProcessIsNamed(String tokenizer) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    for (String name : List.of("config.json", "model.safetensors", "tokenizer_config.json")) {
      try (InputStream in = getClass().getResourceAsStream("/org/trimtab/world/model/" + name)) {
        Files.copy(Objects.requireNonNull(in), model.resolve(name));
      }
    }
    Files.copy(
        FILES.resolve("tokenizers").resolve(tokenizer),
        model.resolve("tokenizer.json"),
        StandardCopyOption.REPLACE_EXISTING);
    InProcess.Ended ended = run(model, "perplexity: {dataset: text.txt}");
    assertThat(ended.exitCode()).as(ended.err()).isBetween(1, 2);
    assertThat(ended.err())
        .contains("tokenizer.json")
        .contains(tokenizer.startsWith("template") ? "post_processor" : "normalizer");
  }

  /** Answers the questions of a table. */
  private InProcess.Ended answered(String table) throws IOException {
    Files.copy(FILES.resolve("csv").resolve(table), folder.resolve(table));
    return run(
        FILES.resolve("eos-in-config"),
        "simpleqa: {dataset: " + table + ", max_new_tokens: 2, chat_template: false}");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAHeader() throws IOException {
    InProcess.Ended ended = answered("bom.csv");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(items()).hasSize(2).first().asString().contains("Who was it?");
  }

  @Test
  void aHeaderThatIsShorterThanTheLinesIsAnErrorWithTheLine() throws IOException {
    InProcess.Ended ended = answered("rtable.csv");
    assertThat(ended.exitCode()).as(ended.err()).isBetween(1, 2);
    assertThat(ended.err()).contains("rtable.csv:2");
  }

  @Test
  void truthfulQaOfTheHubHasListsOfChoicesAndLabels() throws IOException {
    Files.copy(FILES.resolve("truthfulqa/hf.jsonl"), folder.resolve("hf.jsonl"));
    InProcess.Ended ended =
        run(FILES.resolve("eos-in-config"), "truthfulqa-mc: {dataset: hf.jsonl, primer: false}");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(items()).hasSize(2).first().asString().contains("What happens?");
  }
}
