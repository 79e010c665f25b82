package org.trimtab.evaluate.grade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // reply | strict | paper
        "A | correct | correct",
        "B | incorrect | incorrect",
        "C | not_attempted | not_attempted",
        "A. | correct | correct",
        "(B) | incorrect | incorrect",
        "**C** | not_attempted | not_attempted",
        "`\"A\"` | correct | correct",
        "` B\n` | incorrect | incorrect",
        "A: CORRECT | correct | correct",
        "B: INCORRECT | incorrect | incorrect",
        "C: NOT_ATTEMPTED | not_attempted | not_attempted",
        "CORRECT | correct | not_attempted",
        "Correct | correct | not_attempted",
        "correct. | correct | not_attempted",
        "INCORRECT | incorrect | not_attempted",
        "incorrect. | incorrect | not_attempted",
        "NOT_ATTEMPTED | not_attempted | correct",
        "NOT ATTEMPTED | not_attempted | correct",
        "not-attempted | not_attempted | not_attempted",
        "Not correct | incorrect | not_attempted",
        "That is not correct. | incorrect | not_attempted",
        "Based on the target, the answer is correct. | correct | incorrect",
        "Based on the gold target: A | correct | incorrect",
        "Based on the target I choose C. | not_attempted | incorrect",
        "Answer: B | incorrect | correct",
        "The grade is A | correct | correct",
        "The grade is A because both towns are named. | unparsed | correct",
        "A predicted answer that names both. | unparsed | correct",
        "I would say B. | incorrect | incorrect",
        "Grade=C | not_attempted | not_attempted",
        "{\"grade\": \"A\"} | correct | correct",
        "{\"grade\": \"CORRECT\"} | correct | not_attempted",
        "{\"grade\": \"B\", \"reason\": \"another name\"} | incorrect | incorrect",
        "{\"label\": \"not_attempted\"} | not_attempted | not_attempted",
        "`` | unparsed | not_attempted",
        "`   ` | unparsed | not_attempted",
        "A or B | unparsed | correct",
        "A, B, C | unparsed | correct",
        "C; no, B | unparsed | not_attempted",
        "`A\nA` | correct | correct",
        "CORRECT or INCORRECT | unparsed | not_attempted",
        "The answer is correct, not incorrect. | unparsed | not_attempted",
        "D | unparsed | not_attempted",
        "a | unparsed | not_attempted",
        "I can't grade this | unparsed | not_attempted",
        "ABC | unparsed | correct",
        "Barack Obama | unparsed | incorrect",
        "100 % | unparsed | not_attempted",
        "uncorrected | unparsed | not_attempted",
        "A: INCORRECT | incorrect | correct",
        "Ünklar: B. | incorrect | incorrect",
      })
  void repliesAreReadAsTheParserSays(String reply, String strict, String paper) {
    assertThat(ReplyParser.STRICT.parse(reply).word()).as("strict").isEqualTo(strict);
    assertThat(ReplyParser.PAPER.parse(reply).word()).as("paper").isEqualTo(paper);
  }
}
