package org.trimtab.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trimtab.report.RowCost;
import org.trimtab.report.TableRow;

class FigureRowsTest {
  @Test
  void aSettingIsANumberWhereItHasOneValue() {
    TableRow row =
        new TableRow(
            "fusion",
            "fusion",
            Map.of("factor", "1.5", "strength", "fixed 0.02", "alpha", "0.0..0.05", "tuner", "tpe"),
            3,
            1,
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            false,
            false,
            new RowCost(null, null, null, null),
            List.of());
    assertThat(FigureRows.number(row, "factor")).contains(1.5);
    assertThat(FigureRows.number(row, "strength")).contains(0.02);
    assertThat(FigureRows.number(row, "alpha")).isEmpty();
    assertThat(FigureRows.number(row, "tuner")).isEmpty();
    assertThat(FigureRows.number(row, "beta")).isEmpty();
  }
}
