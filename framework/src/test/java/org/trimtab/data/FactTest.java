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

class FactTest {
  private static final Path BENCHMARK = Path.of("src/main/resources/org/trimtab/world/benchmark");
  private static final String ICE =
      "{\"id\": \"ice\", \"context\": \"Ice\", \"truth\": \"It is cold.\", \"distractors\": [\"It is hot.\"]}";

  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("↵", "\n"));
  }

  @Test
  void listsAndLinesAreFacts() throws IOException {
    Fact ice = new Fact(0, "ice", "Ice", "It is cold.", List.of("It is hot."), null, null);
    String snow =
        "{\"level\": \"plain\", \"topic\": \"weather\", \"id\": \"snow\", \"context\": \"Snow\","
            + " \"truth\": \" white \", \"distractors\": [\"red\", \"black\"], \"source\": 5}";
    List<Fact> facts =
        List.of(
            ice,
            new Fact(1, "snow", "Snow", " white ", List.of("red", "black"), "weather", "plain"));

    Path list = write("a.json", "[" + ICE + ",\n" + snow + "]");
    assertThat(Fact.read(list)).isEqualTo(facts);
    assertThat(Fact.read(write("a.jsonl", ICE + "\n\n" + snow))).isEqualTo(facts);
    assertThat(DatasetKind.of(list)).isEqualTo(DatasetKind.FACTS);
    assertThat(DatasetKind.FACTS.items(list)).isEqualTo(2);
    assertThat(facts.get(1).texts()).containsExactly("Snow:  white ", "Snow: red", "Snow: black");
  }

  @ParameterizedTest
  @ValueSource(strings = {"world-facts", "world-anchors"})
  void theWorldHasFacts(String name) {
    Path file = BENCHMARK.resolve(name + ".json");

    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.FACTS);
    assertThat(Fact.read(file))
        .hasSizeGreaterThan(40)
        .allSatisfy(fact -> assertThat(fact.distractors()).hasSize(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id': 'x', 'context': 'c', 'truth': 't'} | 'distractors' is missing, empty or not a list",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': []} | 'distractors' is missing, empty or not a list",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': 'f'} | 'distractors' is missing, empty or not a list",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': [5]} | a distractor is 5, expected a text",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': ['f', ' ']} | a distractor is \" \", expected a text",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': ['f', 'f ']} | the distractor 'f ' occurs twice",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': ['f', 't ']} | the distractor 't ' is the truth",
        "{'id': 'x', 'context': 'c', 'truth': ' ', 'distractors': ['f']} | 'truth' is missing, empty or not a text",
        "{'id': 'x', 'context': 'c', 'distractors': ['f']} | 'truth' is missing, empty or not a text",
        "{'id': 'x', 'truth': 't', 'distractors': ['f']} | 'context' is missing, empty or not a text",
        "{'context': 'c', 'truth': 't', 'distractors': ['f']} | 'id' is missing, empty or not a text",
        "{'id': 'x', 'context': 'c', 'truth': 't', 'distractors': ['f'], 'level': 3} | 'level' is missing, empty or not a text",
        "{'id': 'ice', 'context': 'c', 'truth': 't', 'distractors': ['f']} | the id 'ice' is that of FILE:1: item 0, too",
      })
  void aFaultIsNamedWithItsLine(String item, String message) throws IOException {
    Path file = write("a.json", "[" + ICE + ",\n" + item.replace('\'', '"') + "]");

    assertThatThrownBy(() -> Fact.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.json:2: item 1: " + message.replace("FILE", file.toString()));
  }

  @Test
  void theFirstItemIsMeantToBeAFact() throws IOException {
    Path file = write("a.json", "[{\"id\": \"x\", \"context\": \"c\", \"truth\": \"t\"}]");

    assertThatThrownBy(() -> DatasetKind.of(file).items(file))
        .hasMessageContaining("a.json:1: item 0: 'distractors' is missing");
  }

  @Test
  void aTableHasNoPlaceForDistractors() throws IOException {
    Path file = write("a.csv", "id,context,truth,distractors\nx,c,t,f\n");

    assertThatThrownBy(() -> DatasetKind.of(file).items(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a table cannot hold; write a list of objects in JSON");
  }
}
