package org.trimtab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trimtab.spec.FigureKind;

class FiguresTest {
  @ParameterizedTest
  @EnumSource
  void everyKindHasItsClass(FigureKind kind) {
    assertThat(Figures.of(kind)).isNotNull();
  }
}
