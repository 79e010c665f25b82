package org.trimtab.evaluate.grade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainmentTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "It was Michio Sugeno. | Michio Sugeno | true",
        "MICHIO   sugeno | Michio Sugeno | true",
        "Sugeno Michio | Michio Sugeno | false",
        "a hilltop | hill | false",
        "on a hill, they say | the hill | true",
        "Björk | Bjork | true",
        "in 1,024 m depth | 1024 m | true",
        "about 3.5 km. | 3.5 km | true",
        "about 35 km | 3.5 km | false",
        "12 | 120 | false",
        "the king's men | Kings men | true",
        "the king’s men | king's men | true",
        "`` | Jane | false",
        "C++ and C | C++ | true",
        "it is ++ | ++ | true",
        "nothing | ++ | false",
      })
  void anAnswerContainsTheGoldAnswerWordForWord(String answer, String gold, boolean contains) {
    assertThat(Containment.contains(answer, gold)).isEqualTo(contains);
  }

  @Test
  void normalisedTextKeepsWordsAndNumbers() {
    assertThat(Containment.normalised(" The  Émile-Zola, 1,234.50 a.m.! "))
        .isEqualTo("emile zola 1234.50 m");
  }
}
