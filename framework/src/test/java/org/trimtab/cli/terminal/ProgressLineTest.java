package org.trimtab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.trimtab.io.Numbers;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellEnd;
import org.trimtab.run.CellStatus;
import org.trimtab.run.RunOutcome;
import org.trimtab.run.SamplePlan;

class ProgressLineTest {
  private static final Cell CELL = SamplePlan.sweep(10).cells().get(1);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
  private final AtomicLong seconds = new AtomicLong(1000);

  @Test
  void aPipeGetsALineEveryTenSecondsAndOneACell() {
    ProgressLine line = on(Map.of("TERM", "xterm"), false);
    line.runStarted(2, Map.of(1, 60_000L, 5, 60_000L));
    line.cellStarted(CELL);
    for (int batch = 1; batch <= 6; batch++) {
      seconds.addAndGet(4);
      line.batchScored(CELL, "truthfulqa-mc", batch, 6, 10_000);
    }
    line.cellEnded(CELL, CellEnd.done(), Map.of("truthfulqa/mc1", 0.25), Duration.ofMillis(24_500));

    assertThat(lines())
        .containsExactly(
            "2 cells to run, 2 known from earlier runs, 120,000 tokens to score",
            "0/2 cells  directional-edit layers=5-29 factor=-1.0 fold 1/2  truthfulqa-mc 3/6"
                + "  2,500 tokens/s  12 s, 36 s left",
            "0/2 cells  directional-edit layers=5-29 factor=-1.0 fold 1/2  truthfulqa-mc 6/6"
                + "  2,500 tokens/s  24 s, 24 s left",
            "done  directional-edit layers=5-29 factor=-1.0 fold 1/2  truthfulqa/mc1 0.2500"
                + "  (25 s)");
  }

  @Test
  void aTerminalIsRewrittenInPlaceAndCutToItsWidth() {
    ProgressLine line = on(Map.of("TERM", "xterm", "COLUMNS", "40"), true);
    line.runStarted(0, Map.of(1, 20_000L));
    line.cellStarted(CELL);
    seconds.addAndGet(4);
    line.batchScored(CELL, "truthfulqa-mc", 1, 2, 10_000);
    line.cellEnded(CELL, CellEnd.failed("no luck"), Map.of(), Duration.ofSeconds(8));

    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text.lines().toList().get(1)).isEqualTo("");
    assertThat(text)
        .contains("\r\u001b[2K0/1 cells  directional-edit layers=5-29\r")
        .contains("\r\u001b[2K\u001b[31mfailed\u001b[0m  directional-edit")
        .contains("fold 1/2: no luck  (8.0 s)\n");
  }

  @Test
  void noColourWhereItIsNotWanted() {
    assertThat(Terminal.of(out, true, Map.of("NO_COLOR", "1")).red("x")).isEqualTo("x");
    assertThat(Terminal.of(out, false, Map.of()).red("x")).isEqualTo("x");
    assertThat(Terminal.of(out, true, Map.of("TERM", "dumb")).interactive()).isFalse();
    assertThat(Terminal.of(out, true, Map.of("NO_COLOR", "")).red("x"))
        .isEqualTo("\u001b[31mx\u001b[0m");
  }

  @Test
  void theEndTellsWhatHappenedAndHowToGoOn() {
    ProgressLine line = on(Map.of(), false);
    line.runStarted(0, Map.of());
    line.runEnded(
        new RunOutcome(
            List.of(
                new RunOutcome.CellOutcome(CELL, CellStatus.DONE, null, false),
                new RunOutcome.CellOutcome(CELL, CellStatus.DIVERGED, "x", false),
                new RunOutcome.CellOutcome(CELL, CellStatus.INCOMPLETE, null, false)),
            true));
    assertThat(lines())
        .contains(
            "1 of 3 cells done, 1 diverged, 0.0 s",
            "Interrupted. Everything scored so far is kept: the same command resumes from here.");
  }

  @Test
  void numbersReadWell() {
    assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(
            List.of(17.4213, 17.4, 3.0, 0.03125, 123456.7, 0.0, 1.5e-7).stream()
                .map(Numbers::value))
        .containsExactly("17.42", "17.40", "3", "0.03125", "123500", "0", "1.500e-07");
    assertThat(Numbers.percent(0.2231)).isEqualTo("22.3");
    assertThat(List.of(0.0123, -0.0004, 0.0).stream().map(Numbers::points))
        .containsExactly("+1.2", "0.0", "0.0");
    assertThat(List.of(0.0004, 0.0312).stream().map(Numbers::p)).containsExactly("<0.001", "0.031");
    assertThat(
            List.of(400L, 42_000L, 59_700L, 185_000L, 7_620_000L).stream()
                .map(millis -> Numbers.duration(Duration.ofMillis(millis))))
        .containsExactly("0.4 s", "42 s", "1 min 00 s", "3 min 05 s", "2 h 07 min");
  }

  private ProgressLine on(Map<String, String> variables, boolean console) {
    return new ProgressLine(
        Terminal.of(out, console, variables), () -> seconds.get() * 1_000_000_000L);
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
