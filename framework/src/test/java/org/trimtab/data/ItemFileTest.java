package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

/** Files of data sets as spreadsheets, R, pandas and the hub write them. */
class ItemFileTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/data");
  private static final String BOM = "\uFEFF";

  private static final String HUB =
      "{\"question\":\"What happens?\",\"mc1_targets\":{\"choices\":[\"Nothing\",\"All\"],"
          + "\"labels\":[1,0]},\"mc2_targets\":{\"choices\":[\"Nothing\",\"None\",\"All\"],"
          + "\"labels\":[1,1,0]}}";

  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("↵", "\n"));
  }

  @Test
  void aTableOfASpreadsheetHasAByteOrderMarkAndCrLf() {
    Path file = FIXTURES.resolve("bom.csv");
    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.SHORT_QUESTIONS);
    assertThat(ShortQuestion.read(file))
        .containsExactly(
            new ShortQuestion(0, "Who was it?", "Paris"),
            new ShortQuestion(1, "What then?", "Lyon, France"));
  }

  @Test
  void aQuotedHeaderIsAHeader() throws IOException {
    Path file = write("q.csv", BOM + "\"answer\",\"problem\"\r\n\"4\",\"2+2\"\r\n");
    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.SHORT_QUESTIONS);
    assertThat(ShortQuestion.read(file)).containsExactly(new ShortQuestion(0, "2+2", "4"));
  }

  @Test
  void rowNamesOfRAreAFieldTooMany() {
    Path file = FIXTURES.resolve("rtable.csv");
    assertThatThrownBy(() -> ShortQuestion.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":2: the line has 3 fields, the header 2");
    assertThatThrownBy(() -> DatasetKind.of(file)).hasMessageContaining(":2: the line has 3");
  }

  @Test
  void theHubsExportIsLinesOrAList() throws IOException {
    List<MultipleChoice> lines = MultipleChoice.read(FIXTURES.resolve("hf.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).mc2().texts()).containsExactly("Nothing", "None", "All");
    assertThat(lines.get(0).mc2().labels()).containsExactly(true, true, false);
    String two = Files.readString(FIXTURES.resolve("hf.jsonl"));
    for (Path file :
        List.of(
            write("lines.json", two),
            write("mark.jsonl", BOM + two.replace("\n", "\r\n\r\n")),
            write("list.json", BOM + "[" + two.strip().replace("\n", ",\r\n") + "]\r\n"))) {
      assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.MULTIPLE_CHOICE);
      assertThat(MultipleChoice.read(file)).as(file.toString()).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source",
        "Type,Category,Question,Best Answer,Best Incorrect Answer,Correct Answers,"
            + "Incorrect Answers,Source"
      })
  void truthfulQaCsvHasTheChoicesOfMcTask(String header) throws IOException {
    String other = header.contains("Best Incorrect") ? "It grows," : "";
    Path file =
        write(
            "TruthfulQA.csv",
            BOM
                + header
                + "\r\nAdversarial,Misc,What if you eat a seed?,Nothing happens,"
                + other
                + "Nothing happens; It passes through.;Unknown,It grows; You die;unknown.;Unknown.,"
                + "http://x\r\n");
    MultipleChoice item = MultipleChoice.read(file).get(0);

    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.MULTIPLE_CHOICE);
    assertThat(item.mc1().texts())
        .containsExactly("Nothing happens.", "It grows.", "You die.", "unknown.", "Unknown.");
    assertThat(item.mc1().labels()).containsExactly(true, false, false, false, false);
    // As in mc_task.json, an answer that is both true and false is false.
    assertThat(item.mc2().texts())
        .containsExactly(
            "Nothing happens.",
            "It passes through.",
            "Unknown.",
            "It grows.",
            "You die.",
            "unknown.");
    assertThat(item.mc2().labels()).containsExactly(true, true, false, false, false, false);
  }

  @Test
  void theHubsListsOfAnswersAreTheSameChoices() throws IOException {
    Path file =
        write(
            "generation.jsonl",
            "{\"question\": \"Q?\", \"best_answer\": \"No\", \"correct_answers\": [\"No\","
                + " \"Never.\"], \"incorrect_answers\": [\"Yes\"]}\n");
    MultipleChoice item = MultipleChoice.read(file).get(0);
    assertThat(item.mc1().texts()).containsExactly("No.", "Yes.");
    assertThat(item.mc2().texts()).containsExactly("No.", "Never.", "Yes.");
  }

  @Test
  void aPromptThatOccursAgainIsLeftOut() throws IOException {
    Path file =
        write(
            "pairs.json",
            "[{\"input\": \"hot\", \"output\": \"cold\"}, {\"input\": \"big\", \"output\":"
                + " \"small\"}, {\"input\": \"hot \", \"output\": \"cool\"}]");
    assertThat(Pair.read(file))
        .containsExactly(new Pair(0, "hot", "cold"), new Pair(1, "big", "small"));
    assertThat(Pair.repeated(file)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.csv   | problem,answer↵\"two↵lines\",x↵y | a.csv:4: the line has 1 fields, the header 2",
        "a.csv   | problem,problem↵x,y | a.csv:1: the column 'problem' occurs twice",
        "a.csv   | problem;answer↵x;y | no known kind of data set",
        "a.csv   | problem,answer | it holds no items",
        "a.json  | [↵{\"input\": \"x\", \"output\": \"y\"},↵{\"input\": 1}] | a.json:3: item 1: 'input' is missing",
        "a.json  | [1] | a.json:1: item 0: expected an object",
        "a.json  | [{\"input\": \"x\", \"output\": \"y\"}]↵↵{} | a.json:3: there is something after",
        "a.json  | {\"a\":↵1} | a.json:1: expected a list of items, or an object per line",
        "a.json  | {\"a\": 1} | a.json: expected a list of items, found one object",
        "a.jsonl | {\"input\": \"x\", \"output\": \"y\"}↵{\"input\": \"x\"} {} | a.jsonl:2: ",
        "a.jsonl | {\"input\": \"x\", \"input\": \"y\"} | a.jsonl:1: Duplicate field 'input'",
        "a.jsonl | ↵7 | a.jsonl:2: expected an object",
      })
  void aFaultIsNamedWithItsLine(String name, String content, String message) throws IOException {
    Path file = write(name, content);
    assertThatThrownBy(() -> DatasetKind.of(file).items(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,1,0] | [1,1] | there are 3 choices and 2 labels",
        "[1,1,0] | [1,1,2] | the label of 'All' is 2, expected 0 or 1",
        "\"None\" | \"Nothing\" | the answer 'Nothing' occurs twice",
        "\"None\" | 7 | an answer is 7, expected a text",
        "\"labels\":[1,0] | \"labels\":[0,1] | the first choice must be the only one with label 1",
      })
  void faultsOfTheHubsListsAreNamed(String good, String bad, String message) throws IOException {
    assertThat(HUB).contains(good);
    Path file = write("hub.jsonl", HUB + "\n" + HUB.replace(good, bad));
    assertThatThrownBy(() -> MultipleChoice.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":2: ")
        .hasMessageContaining(message);
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void aNamedPipeIsNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ShortQuestion.read(pipe))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> ShortQuestion.read(folder)).hasMessageContaining("this is a folder");
  }
}
