package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;

/** Files in the form of github.com/tatsu-lab/opinions_qa, with a survey of our own. */
class OpinionWaveTest {
  private static final String INFO =
      """
      ,Unnamed: 0,key,option_mapping,question,references,option_ordinal
      0,0,TEA_W7,"{1.0: 'Yes', 99.0: 'Refused'}","Do you like tea, if at all?","['Yes', ""No, I don't"", 'Not sure', 'Refused']","[1.0, 2.0, 1.5]"
      1,1,WHY_W7,"{}",Why?,"['Taste', 'Habit', 'Refused']","[1, 1]"
      2,2,CUPS_W7,"{}",How many cups?,"['None', 'One', 'Two\\xa0or more']","[0.0, 1.0, 2.0]"
      """;

  private static final String RESPONSES =
      """
      ,QKEY,TEA_W7,WHY_W7,CUPS_W7,POLPARTY,WEIGHT_W7
      0,1.0,Yes,Taste,One,Democrat,0.5
      1,2.0,"No, I don't",,None,Democrat,1.5
      2,3.0,Refused,Habit,One,Republican,4
      3,4.0,Not sure,Habit,,Republican,2.0
      4,5.0,Yes,Habit,None,,
      """;

  @TempDir Path folder;

  @BeforeEach
  void aWave() throws IOException {
    write("info.csv", INFO);
    write("responses.csv", RESPONSES);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  @Test
  void sharesAreThoseOfTheRespondentsWeights() {
    Opinion tea = Opinion.read(folder).get(0);

    assertThat(tea.prompt())
        .isEqualTo(
            "Question: Do you like tea, if at all?\nA. Yes\nB. No, I don't\nC. Not sure\nD. Refused\nAnswer:");
    assertThat(tea.ordinals()).containsExactly(1.0, 2.0, 1.5);
    assertThat(tea.shares()).containsExactly(0.125, 0.375, 0.5);
  }

  @Test
  void aGroupIsAColumnWithItsValue() {
    assertThat(Opinion.read(folder, "POLPARTY=Democrat").get(0).shares())
        .containsExactly(0.25, 0.75, 0.0);
    assertThat(Opinion.read(folder, "POLPARTY=Republican").get(1).shares())
        .containsExactly(0.0, 1.0, 0.0);
  }

  @Test
  void questionsWithoutAnOrderAreLeftOut() {
    assertThat(Opinion.read(folder))
        .extracting(Opinion::index, Opinion::question)
        .containsExactly(tuple(0, "Do you like tea, if at all?"), tuple(1, "How many cups?"));
    assertThat(Opinion.read(folder).get(1).answers()).contains("Two\u00a0or more");
    assertThat(DatasetKind.of(folder)).isEqualTo(DatasetKind.OPINIONS);
    assertThat(DatasetKind.OPINIONS.items(folder)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Democrat          | 'Democrat' names no group; write a column and its value",
        "PARTY=Democrat    | responses.csv:1: there is no column 'PARTY'; a column of a group is one of POLPARTY",
        "POLPARTY=democrat | nobody is 'democrat' in the column POLPARTY; values: , Democrat, Republican",
        "CUPS_W7=          | nobody of CUPS_W7= has chosen an option of CUPS_W7",
      })
  void aFaultyGroupIsNamed(String group, String message) {
    assertThatThrownBy(() -> Opinion.read(folder, group))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "info.csv      | 'Not sure', 'Ref | Not sure, 'Ref   | info.csv:2: 'references' is",
        "info.csv      | [1.0, 2.0, 1.5]  | 1.0, 2.0          | info.csv:2: 'option_ordinal' is 1.0, 2.0, expected a list",
        "info.csv      | [0.0, 1.0, 2.0]  | [0, b]            | info.csv:4: 'option_ordinal' is [0, b]",
        "info.csv      | [0.0, 1.0, 2.0]  | [0, 1, 2, 3]      | info.csv:4: needs ordinals for two options or more",
        "info.csv      | How many cups?   | `  `              | info.csv:4: 'question' is empty",
        "info.csv      | references       | options           | info.csv:1: there is no column 'references'",
        "responses.csv | WEIGHT_W7        | WEIGHT_W8         | responses.csv:1: there is no column 'WEIGHT_W7'",
        "responses.csv | CUPS_W7          | CUPS_W8           | responses.csv:1: there is no column 'CUPS_W7'",
        "responses.csv | Democrat,1.5     | Democrat,much     | responses.csv:3: the weight in WEIGHT_W7 is 'much'",
        "responses.csv | Democrat,1.5     | Democrat,-1       | responses.csv:3: the weight in WEIGHT_W7 is '-1'",
        "responses.csv | Democrat,1.5     | Democrat          | responses.csv:3: the line has 6 fields, the header 7",
      })
  void aFaultyFileIsNamedWithItsLine(String name, String good, String bad, String message)
      throws IOException {
    String content = Files.readString(folder.resolve(name));
    assertThat(content).contains(good);
    write(name, content.replace(good, bad));
    assertThatThrownBy(() -> Opinion.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFolderWithoutResponsesIsNone() throws IOException {
    Files.delete(folder.resolve("responses.csv"));
    assertThatThrownBy(() -> Opinion.read(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("responses.csv: there is no such file; a folder of opinions holds");
  }
}
