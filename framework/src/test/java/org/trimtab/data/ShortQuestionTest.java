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

class ShortQuestionTest {
  private static final String GOOD =
      """
      metadata,problem,answer
      "{'topic': 'Art'}","Who wrote ""Emma"",
      the novel?",Jane Austen
      {},How deep is it?,"1,024 m"
      """;

  @TempDir Path folder;

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("questions.csv"), content);
  }

  @Test
  void quotesCommasAndLineFeedsBelongToTheirFields() throws IOException {
    assertThat(ShortQuestion.read(write(GOOD)))
        .isEqualTo(
            List.of(
                new ShortQuestion(0, "Who wrote \"Emma\",\nthe novel?", "Jane Austen"),
                new ShortQuestion(1, "How deep is it?", "1,024 m")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "problem,answer | question,answer | no column 'problem'; the columns are metadata,",
        "How deep is it? | ` ` | questions.csv:4: 'problem' is empty",
        "\"1,024 m\" | `\"\"` | questions.csv:4: 'answer' is empty",
        "\"1,024 m\" | 1,024 m | questions.csv:4: the line has 4 fields, the header 3",
        "\"1,024 m\" | \"1,024 m\"x | questions.csv:4: not a table in CSV",
      })
  void aFaultyLineIsNamed(String good, String bad, String message) throws IOException {
    assertThat(GOOD).contains(good);
    Path file = write(GOOD.replace(good, bad));
    assertThatThrownBy(() -> ShortQuestion.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileWithoutQuestionsIsRefused() throws IOException {
    Path empty = write("metadata,problem,answer\n");
    assertThatThrownBy(() -> ShortQuestion.read(empty)).hasMessageContaining("it holds no items");
    assertThatThrownBy(() -> ShortQuestion.read(folder.resolve("absent.csv")))
        .hasMessageContaining("there is no such file");
  }
}
