package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;
import org.trimtab.data.ContrastTexts.Line;

class ContrastTextsTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  @Test
  void aLineIsATextInAnyOfTheUsualFiles() throws IOException {
    Path positive = write("p.txt", "\uFEFFTell me a tale.\r\n  Sing \u2028of rain.\u00a0 \r\n");
    Path negative = write("n.txt", "Add 2 and 2.\rList the files.\nStop.");

    ContrastTexts read = ContrastTexts.read(List.of(positive, negative));

    assertThat(texts(read.positive()))
        .containsExactly("Tell me a tale.", "Sing \u2028of rain.\u00a0");
    assertThat(texts(read.negative())).containsExactly("Add 2 and 2.", "List the files.", "Stop.");
    assertThat(read.negative().get(2).place()).isEqualTo(negative + ":3");
    assertThat(read.size()).isEqualTo(3);
    assertThat(read.paired()).isFalse();
  }

  @Test
  void linesThatRepeatAreLeftOutAndCounted() throws IOException {
    ContrastTexts read =
        ContrastTexts.read(
            List.of(write("p.txt", "a\nb\na \nc\n"), write("n.txt", "x\nx\nx\ny\n")));

    assertThat(texts(read.positive())).containsExactly("a", "b", "c");
    assertThat(texts(read.negative())).containsExactly("x", "y");
    assertThat(read.repeated()).isEqualTo(3);
    assertThat(read.positive().get(2).place()).endsWith("p.txt:4");
  }

  @Test
  void pairsAreReadFromJsonLinesAndTables() throws IOException {
    Path lines =
        write(
            "a.jsonl",
            """
            {"positive": "Q: wet?\\nA: yes", "negative": "Q: wet?\\nA: no", "id": 7}
            {"positive": "b", "negative": "same"}
            {"positive": "b", "negative": "same"}
            """);
    Path table = write("a.csv", "negative,positive\n\"Q: wet?\nA: no\",\"Q: wet?\nA: yes\"\n");

    ContrastTexts read = ContrastTexts.read(List.of(lines));

    assertThat(DatasetKind.of(lines)).isEqualTo(DatasetKind.CONTRASTS);
    assertThat(read.paired()).isTrue();
    assertThat(texts(read.positive())).containsExactly("Q: wet?\nA: yes", "b");
    assertThat(texts(read.negative())).containsExactly("Q: wet?\nA: no", "same");
    assertThat(read.repeated()).isEqualTo(1);
    assertThat(texts(ContrastTexts.read(List.of(table)).positive()))
        .containsExactly("Q: wet?\nA: yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | b        | p.txt: the file holds no text
          ' ↵ ↵'        | b        | p.txt: the file holds no text
          a             | ''       | n.txt: the file holds no text
          a↵↵c          | b        | p.txt:2: the line is empty; each line is a text: remove it
          a↵' '↵        | b↵↵      | n.txt:2: the line is empty; each line is a text: remove it
          a↵b           | c↵ b ↵d  | n.txt:2: this text is also FOLDER/p.txt:2: one that is both positive and negative
          a↵b\0c        | d        | p.txt:2: the line holds a NUL character; the file is no text in UTF-8
          """)
  void mistakesAreNamedWithFileAndLine(String positive, String negative, String message)
      throws IOException {
    Path first = write("p.txt", positive.replace("↵", "\n").replace("\\0", "\0"));
    Path second = write("n.txt", negative.replace("↵", "\n"));

    assertThatThrownBy(() -> ContrastTexts.read(List.of(first, second)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder + "/" + message.replace("FOLDER", folder.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"positive": "a"}                       | :1: 'negative' is missing, empty or not a text
          {"positive": " ", "negative": "b"}      | :1: 'positive' is missing, empty or not a text
          {"positive": "a", "negative": ["b"]}    | :1: 'negative' is missing, empty or not a text
          {"positive": "a", "negative": "a"}      | :1: this text is also
          {"positive": "a", "negative": "b"}↵["c"] | :2: expected an object {...}, found ARRAY
          {"positive": "a", "negative": "b"       | :1: Unexpected end-of-input
          """)
  void mistakesInPairsAreNamedWithFileAndLine(String text, String message) throws IOException {
    Path file = write("a.jsonl", text.replace("↵", "\n"));

    assertThatThrownBy(() -> ContrastTexts.read(List.of(file)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + message);
  }

  @Test
  void theLineThatIsNotUtf8IsNamed() throws IOException {
    Path latin = folder.resolve("latin.txt");
    Files.write(latin, "One.\nTwo.\nCaf\u00e9.\n".getBytes(StandardCharsets.ISO_8859_1));
    Path wide = folder.resolve("wide.txt");
    Files.write(wide, "One.\n".getBytes(StandardCharsets.UTF_16));
    Path fine = write("n.txt", "b");

    assertThatThrownBy(() -> ContrastTexts.read(List.of(latin, fine)))
        .hasMessage(latin + ":3: not a text in UTF-8; convert it first");
    assertThatThrownBy(() -> ContrastTexts.read(List.of(fine, wide)))
        .hasMessage(wide + ":1: not a text in UTF-8; convert it first");
  }

  @Test
  void aFolderIsNoText() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d.txt"));
    Path fine = write("n.txt", "b");

    assertThatThrownBy(() -> ContrastTexts.read(List.of(directory, fine)))
        .hasMessage(directory + ": this is a folder, expected a file");
  }
}
