package org.trimtab.report.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileComparisonTest {
  private static List<String> compared(String actual, String expected) {
    return FileComparison.of(Path.of("table.json"), "json", actual, expected).stream()
        .map(Verification.Mismatch::toString)
        .toList();
  }

  @Test
  void numbersThatDifferSayByHowMuch() {
    assertThat(compared("{\"mc1\": 0.25}\n", "{\"mc1\": 0.5}\n"))
        .singleElement()
        .asString()
        .contains("off by -0.25");
  }

  /** A hash that reads as 10 to the power of nine million made verify run for hours. */
  @Test
  void hashesAreNotNumbers() {
    assertThat(
            assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () ->
                    compared("\"62e913159330\": \"9e999999999\"\n", "\"1e5\": \"3e888888888\"\n")))
        .singleElement()
        .asString()
        .doesNotContain("off by");
  }
}
