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
import org.trimtab.UserException;
import org.trimtab.io.InputFile;

class ReadersTest {
  private static final String GOOD =
      """
      {"question": "Is the sea wet?", "category": "water",
       "mc1_targets": {"Yes.": 1, "No.": 0},
       "mc2_targets": {"Yes.": 1, "No.": 0, "It is.": 1}}
      """;

  @TempDir Path folder;

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("mc_task.json"), content);
  }

  @Test
  void itemsComeInTheFilesOrder() throws IOException {
    List<MultipleChoice> items =
        MultipleChoice.read(write("[" + GOOD + "," + GOOD.replace("sea", "sand") + "]"));
    assertThat(items).extracting(MultipleChoice::index).containsExactly(0, 1);
    assertThat(items.get(1).question()).isEqualTo("Is the sand wet?");
    assertThat(items.get(0).mc1().texts()).containsExactly("Yes.", "No.");
    assertThat(items.get(0).mc2().texts()).containsExactly("Yes.", "No.", "It is.");
    assertThat(items.get(0).mc2().labels()).containsExactly(true, false, true);
    assertThat(items.get(0).mc2().size()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"question\": \"Is the sea wet?\" | \"question\": 3 | 'question' is missing",
        "\"mc1_targets\" | \"mc0_targets\" | 'mc1_targets' is missing",
        "\"No.\": 0} | \"No.\": \"0\"} | the label of 'No.' is \"0\"",
        "\"No.\": 0} | \"No.\": 2} | the label of 'No.' is 2",
        "\"Yes.\": 1, \"No.\": 0} | \"Yes.\": 0, \"No.\": 1} | the first choice",
        "\"It is.\": 1 | \"Yes.\": 1 | Duplicate",
        "\"No.\": 0, \"It | \"No.\": 1, \"It | at least one choice",
        "\"It is.\" | \" \" | an answer is empty",
      })
  void aFaultyItemIsNamed(String good, String bad, String message) throws IOException {
    assertThat(GOOD).contains(good);
    Path file = write("[" + GOOD + "," + GOOD.replace(good, bad) + "]");
    assertThatThrownBy(() -> MultipleChoice.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("mc_task.json")
        .hasMessageContaining("item 1")
        .hasMessageContaining(message);
  }

  @Test
  void aFaultyFileIsNamed() throws IOException {
    assertThatThrownBy(() -> MultipleChoice.read(folder.resolve("none.json")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such file");
    Path empty = write("[]");
    assertThatThrownBy(() -> MultipleChoice.read(empty)).hasMessageContaining("no items");
    Path object = write("{}");
    assertThatThrownBy(() -> MultipleChoice.read(object)).hasMessageContaining("list of items");
    Path cut = write("[" + GOOD.substring(0, 50));
    assertThatThrownBy(() -> MultipleChoice.read(cut))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("item 0");
  }

  @Test
  void textsComeAsTheyAre() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), " \n = Ä = \r\n");
    assertThat(InputFile.text(file)).isEqualTo(" \n = Ä = \r\n");
    Path latin = Files.write(folder.resolve("b.txt"), new byte[] {'a', (byte) 0xe4, 'b'});
    assertThatThrownBy(() -> InputFile.text(latin))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("UTF-8");
    Path blank = Files.writeString(folder.resolve("c.txt"), " \n");
    assertThatThrownBy(() -> InputFile.text(blank)).hasMessageContaining("no text");
    assertThatThrownBy(() -> InputFile.text(folder.resolve("none")))
        .hasMessageContaining("there is no such file");
  }
}
