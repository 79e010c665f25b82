package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class PairsTest {
  private static final Path BENCHMARK = Path.of("src/main/resources/org/trimtab/world/benchmark");

  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("↵", "\n"));
  }

  @Test
  void theThreeFormsGiveTheSamePairs() throws IOException {
    List<Pair> pairs = List.of(new Pair(0, "hot", "cold"), new Pair(1, "\"in\", or\nso", "out"));
    String second = "\\\"in\\\", or\\nso";
    assertThat(
            Pair.read(
                write(
                    "a.json",
                    "[{\"input\": \"hot\", \"output\": \"cold\\n\"},"
                        + " {\"input\": \""
                        + second
                        + "\", \"output\": \"out\"}]")))
        .isEqualTo(pairs);
    assertThat(
            Pair.read(
                write(
                    "a.jsonl",
                    "{\"prompt\": \"hot\", \"target\": \"cold\"}\n\n{\"target\": \"out\","
                        + " \"prompt\": \""
                        + second
                        + "\"}\n")))
        .isEqualTo(pairs);
    assertThat(
            Pair.read(
                write("a.csv", "\uFEFFtarget,prompt\ncold, hot\nout,\"\"\"in\"\", or\nso\"\n")))
        .isEqualTo(pairs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"world-opposites", "world-plurals", "world-cipher"})
  void theWorldsRulesAreTasks(String name) {
    Path file = BENCHMARK.resolve(name + ".json");

    assertThat(Pair.read(file)).hasSizeGreaterThan(60);
    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.PAIRS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.json  | [{\"input\": \"x\", \"output\": \"y\"}] | a.json: there is 1 pair in it",
        "a.json  | [] | a.json: it holds no items",
        "a.json  | [{\"input\": \"x\", \"output\": \"y\"}, {\"input\": \"z\"}] | a.json:1: item 1: 'output' is missing",
        "a.json  | [{\"input\": \"x\", \"output\": \"  \"}] | a.json:1: item 0: 'output' is missing, empty or not a text",
        "a.json  | [{\"input\": \"x\", \"output\": \"y\"}, {\"input\": \" x\", \"output\": \"z\"}] | there is 1 pair in it",
        "a.jsonl | {\"prompt\": \"x\", \"target\": \"y\"} | there is 1 pair in it",
        "a.jsonl | {\"prompt\": \"x\", \"target\": \"y\"}↵{\"prompt\": | a.jsonl:2: Unexpected end",
        "a.jsonl | {\"prompt\": \"x\", \"target\": 5} | a.jsonl:1: 'target' is missing, empty or not a text",
        "a.csv   | prompt,target↵x,y | there is 1 pair in it",
        "a.csv   | prompt,answer↵x,y | a.csv:1: there is no column 'target'",
        "a.csv   | prompt,target↵x,y↵z, | a.csv:3: 'target' is empty",
        "a.csv   | prompt,target↵x,y,z | a.csv:2: the line has 3 fields, the header 2",
      })
  void aFaultIsNamedWithItsPlace(String name, String content, String message) throws IOException {
    Path file = write(name, content);

    assertThatThrownBy(() -> Pair.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyFileSaysSo() throws IOException {
    Path csv = write("a.csv", "");
    assertThatThrownBy(() -> Pair.read(csv)).hasMessageContaining("the file holds no text");
    assertThatThrownBy(() -> Pair.read(folder.resolve("none.csv")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void promptsAreThoseOfFunctionVectors() {
    Pair pair = new Pair(0, "hot", "cold");

    assertThat(PairPrompt.prompt(pair)).isEqualTo("Q: hot\nA:");
    assertThat(PairPrompt.target(pair)).isEqualTo(" cold");
    assertThat(PairPrompt.context(List.of(pair, new Pair(1, "wet", "dry"))))
        .isEqualTo("Q: hot\nA: cold\n\nQ: wet\nA: dry\n\n");
  }

  @Test
  void aListOfUnknownItemsIsNoDataSet() throws IOException {
    Path file = write("a.json", "[{\"context\": \"x\"}]");
    assertThatThrownBy(() -> DatasetKind.of(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no known kind of data set")
        .hasMessageContaining("'input' and 'output', or 'prompt' and 'target' (pairs)");
    assertThat(DatasetKind.of(BENCHMARK.resolve("world-truth.json")))
        .isEqualTo(DatasetKind.MULTIPLE_CHOICE);
    assertThat(DatasetKind.of(BENCHMARK.resolve("world-prose.txt"))).isEqualTo(DatasetKind.TEXT);
    assertThat(DatasetKind.TEXT.items(BENCHMARK.resolve("world-prose.txt"))).isEqualTo(1);
  }
}
