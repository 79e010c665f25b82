package org.trimtab.evaluators.exactmatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.evaluators.exactmatch.PairEvaluation.FirstLine;

class FirstLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` cold`            | cold      | true",
        "` cold↵↵Q: wet↵A:` | cold      | true",
        "` cold.`           | cold      | true",
        "` cold .`          | cold      | true",
        "` the  cold`       | the cold  | true",
        "` Washington, D.C` | Washington, D.C. | true",
        "` cafe\u0301`      | caf\u00e9 | true",
        "` Cold`            | cold      | false",
        "` colder`          | cold      | false",
        "` cold or dry`     | cold      | false",
        "`↵cold`            | cold      | false",
        "``                 | cold      | false",
      })
  void theFirstLineIsComparedWithoutMarginsAndFullStops(
      String generated, String target, boolean matches) {
    assertThat(FirstLine.matches(generated.replace("↵", "\n"), target)).isEqualTo(matches);
  }
}
