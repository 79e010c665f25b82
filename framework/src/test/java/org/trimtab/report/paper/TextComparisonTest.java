package org.trimtab.report.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.report.GeneratedTexts;

class TextComparisonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The sea was calm. | The sea was cold. | 12",
        "The sea           | The sea was cold. | 7",
        "The sea           | The seal          | 4",
        "Ah!               | Ah?               | 2",
        "Same              | Same              | 4",
        "'' | Any | 0",
        "海は青い | 海は赤い | 2",
        "a 🎈 | a 🎉 | 2",
      })
  void theMarkStandsBeforeTheFirstWordThatDiffers(String a, String b, int at) {
    assertThat(TextComparison.firstDifference(a, b)).isEqualTo(at);
    assertThat(TextComparison.firstDifference(b, a)).isEqualTo(at);
  }

  private static GeneratedTexts texts(int prompts, String before, String after) {
    TreeMap<Integer, String> asked = new TreeMap<>();
    Map<Integer, String> reference = new TreeMap<>();
    Map<Integer, String> row = new TreeMap<>();
    for (int item = 0; item < prompts; item++) {
      asked.put(item, "Prompt " + item);
      reference.put(item, before);
      row.put(item, after);
    }
    return new GeneratedTexts(
        "texts",
        "own.txt",
        asked,
        reference,
        List.of(new GeneratedTexts.Row("edit, factor=2.0", List.of("c"), row)));
  }

  private static String page(GeneratedTexts texts) {
    return TextComparison.markdown(List.of(texts), "baseline", "Model m.");
  }

  @Test
  void textsStandSideBySideWithTheirLinesAndNothingInThemIsMarkup() {
    assertThat(page(texts(1, "One *day*\n\nit | rained.", "One *day*\n\nit snowed.\n")))
        .contains("**edit, factor=2.0**")
        .contains(
            "| Prompt 0 | One \\*day\\*<br><br>it **▸** \\| rained."
                + " | One \\*day\\*<br><br>it **▸** snowed. |");
  }

  @Test
  void equalTextsAreSaidToBe() {
    assertThat(page(texts(1, "The end.", "The end.")))
        .contains("| Prompt 0 | The end. | *the same* |")
        .doesNotContain("▸ |");
  }

  @Test
  void aTextThatWasNeverComparedHasNoMark() {
    GeneratedTexts whole = texts(1, "Old.", "New.");
    GeneratedTexts alone =
        new GeneratedTexts("texts", "own.txt", whole.prompts(), Map.of(), whole.rows());
    assertThat(page(alone)).contains("| Prompt 0 | - | New. |");
    assertThat(TextComparison.csv(List.of(alone))).contains("0,Prompt 0,,New.,\n");
  }

  @Test
  void ofManyPromptsAPageShowsTheFirstAndTheTableAll() {
    GeneratedTexts many = texts(60, "Old.", "New.");
    assertThat(page(many))
        .contains("the first 8 of 60 prompts of own.txt", "| Prompt 7 |")
        .doesNotContain("| Prompt 8 |");
    assertThat(TextComparison.csv(List.of(many)).lines()).hasSize(61);
  }

  @Test
  void aVeryLongTextIsCutOnThePageOnly() {
    String story = "word ".repeat(1000);
    GeneratedTexts texts = texts(1, story, story + "more");
    assertThat(page(texts)).contains(" …").hasSizeLessThan(5000);
    assertThat(TextComparison.csv(List.of(texts))).contains(story + "more");
  }
}
