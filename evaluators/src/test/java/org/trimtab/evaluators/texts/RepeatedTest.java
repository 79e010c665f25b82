package org.trimtab.evaluators.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                  | 0",
        "One two three                                       | 0",
        "One two three four five                             | 0",
        "And so it went. And so it went, and SO it WENT!     | 0.5555556",
        "\"la la la la la la la la\"                        | 0.8",
        "世 界 世 界 世 界 世 界                             | 0.6",
      })
  void runsOfFourWordsThatOccurredBeforeAreCounted(String text, double share) {
    assertThat(TextEvaluation.repeated(text)).isCloseTo(share, within(1e-6));
  }
}
