package org.trimtab.evaluate.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordOverlapTest {
  @Test
  void itIsTheShareOfDistinctGoldWordsWithoutCaseAndPunctuation() {
    assertThat(WordOverlap.of("It was RICHARD hunt, in 1969.", "Richard Hunt.")).isEqualTo(1);
    assertThat(WordOverlap.of("Richard, Richard!", "Richard Hunt")).isEqualTo(0.5);
    assertThat(WordOverlap.of("Hunting", "Hunt")).isZero();
    assertThat(WordOverlap.of("", "Hunt")).isZero();
  }

  @Test
  void aGoldAnswerWithoutAWordOverlapsWithNothing() {
    assertThat(WordOverlap.of("...", "...")).isZero();
  }
}
