package org.trimtab.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class RecordedNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"truthfulqa/mc2_v2", "a", "gpu:0 used", "fit/direction.norms", "a/.b/c"})
  void namesThatEveryServerTakes(String name) {
    assertThatCode(() -> RecordedName.check(name, "evaluator facts")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MC1", "a//b", "/a", "a/", "../a", "a/./b", "a/..", "a%", "a\nb", "präzision"})
  void otherNamesAreTheMistakeOfTheirOwner(String name) {
    assertThatThrownBy(() -> RecordedName.check(name, "evaluator facts"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("evaluator facts gives the name '" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {251, 1000})
  void longNamesToo(int length) {
    assertThatThrownBy(() -> RecordedName.check("a".repeat(length), "evaluator facts"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("250");
  }
}
