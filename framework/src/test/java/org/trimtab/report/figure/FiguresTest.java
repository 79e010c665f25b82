package org.trimtab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trimtab.UserException;
import org.trimtab.spec.FigureKind;

class FiguresTest {
  @Test
  void figuresAreFoundByTheirNames() {
    assertThat(FigureKind.all()).hasSize(7).allMatch(kind -> kind instanceof Figure);
    assertThat(FigureKind.named("trade-off")).isInstanceOf(TradeOff.class);
    assertThatThrownBy(() -> FigureKind.named("trade-of")).isInstanceOf(UserException.class);
  }
}
