package org.trimtab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;

class OpinionTest {
  private static final String GOOD =
      """
      [{"question": "Do you like tea?", "options": ["No", "Somewhat", "Yes", "Refused"],
        "option_ordinal": [1, 2, 3], "shares": {"young": [1, 1, 2], "old": [0, 0, 5]}}]
      """;

  @TempDir Path folder;

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("opinions.json"), content);
  }

  @Test
  void refusalsAreShownAndCountForNothing() throws IOException {
    Opinion opinion = Opinion.read(write(GOOD), "young").get(0);

    assertThat(opinion.prompt())
        .isEqualTo("Question: Do you like tea?\nA. No\nB. Somewhat\nC. Yes\nD. Refused\nAnswer:");
    assertThat(opinion.options()).containsExactly(" A", " B", " C");
    assertThat(opinion.shares()).containsExactly(0.25, 0.25, 0.5);
  }

  @Test
  void withoutAGroupAllGroupsCountTheSame() throws IOException {
    assertThat(Opinion.read(write(GOOD)).get(0).shares()).containsExactly(0.125, 0.125, 0.75);
    assertThatThrownBy(() -> Opinion.read(write(GOOD), "ancient"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "opinions.json:1: item 0: there is no group 'ancient'; groups: old, young");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, 2, 3]    | [1, 2, 3, 4, 5]  | found 4 options",
        "[1, 2, 3]    | [1, 2, 2]        | needs different ordinals",
        "[1, 2, 3]    | [1, \"2\", 3]    | 'option_ordinal': found \"2\", expected a number",
        "[1, 1, 2]    | [1, 1]           | the shares of young are [1,1], expected 3 numbers",
        "[0, 0, 5]    | [0, 0, 0]        | the shares of old are [0,0,0]",
        "[0, 0, 5]    | [0, -1, 5]       | the shares of old are [0,-1,5]",
        "\"Somewhat\" | \"\"             | an option is \"\"",
        "\"shares\"   | \"share\"        | 'shares' is missing",
      })
  void aFaultyItemIsNamed(String good, String bad, String message) throws IOException {
    assertThat(GOOD).contains(good);
    Path file = write(GOOD.replace(good, bad));
    assertThatThrownBy(() -> Opinion.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(file + ":1: item 0")
        .hasMessageContaining(message);
  }

  @Test
  void theProjectsOwnQuestionsAreOpinionsOfTwoGroups() {
    Path file = Path.of("src/main/resources/org/trimtab/world/benchmark/world-opinions.json");
    List<Opinion> hill = Opinion.read(file, "hill-folk");
    List<Opinion> market = Opinion.read(file, "market-folk");

    assertThat(DatasetKind.of(file)).isEqualTo(DatasetKind.OPINIONS);
    assertThat(hill).hasSize(30).doesNotContainAnyElementsOf(market);
    for (Opinion opinion : hill) {
      assertThat(opinion.shares().stream().mapToDouble(share -> share).sum())
          .isCloseTo(1, within(1e-12));
      assertThat(opinion.answers()).hasSize(opinion.ordinals().size() + 1);
    }
  }
}
