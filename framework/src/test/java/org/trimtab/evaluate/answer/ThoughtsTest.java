package org.trimtab.evaluate.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThoughtsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "nothing",
      textBlock =
          """
          user;          Paris;                                            Paris
          user;          ' Paris↵';                                       ' Paris↵'
          user;          <think>Is it A? B?</think>Paris;                  Paris
          user;          ' <THINK>↵A↵</THINK>↵↵Paris';                  Paris
          user;          <thinking>A</thinking> Pa<think>B</think>ris;     Paris
          user;          <think>It is CORRECT, so A;                       nothing
          user;          <think>A</think>Paris <think>or is it;            nothing
          user;          <think></think>;                                  nothing
          user;          It is A.</think>Paris;                            Paris
          <think>;       It is A.</think>Paris;                            Paris
          '<think>↵';   It is A;                                          nothing
          <think></think>; Paris;                                          Paris
          """)
  void whatIsThoughtIsNoAnswer(String prompt, String text, @Nullable String answer) {
    assertThat(Thoughts.answer(prompt.replace("↵", "\n"), text.replace("↵", "\n")).orElse(null))
        .isEqualTo(answer == null ? null : answer.replace("↵", "\n"));
  }
}
