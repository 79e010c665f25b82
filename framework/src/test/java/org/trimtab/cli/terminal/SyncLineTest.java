package org.trimtab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private SyncLine line(boolean interactive) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new SyncLine(new Terminal(out, interactive, false, 80), () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void aTerminalSeesOneLineThatGoesAway() {
    SyncLine line = line(true);
    pass(Duration.ofMillis(200));
    line.settled("tiny", 3, 13);
    line.settled("tiny", 4, 13);
    line.ended();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[2Ksending tiny to MLflow: 3 of 13 cells\r\u001b[2K");
  }

  @Test
  void aPipeSeesALineAboutEveryTenSeconds() {
    SyncLine line = line(false);
    line.settled("tiny", 1, 13);
    pass(Duration.ofSeconds(11));
    line.settled("tiny", 2, 13);
    line.ended();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("sending tiny to MLflow: 2 of 13 cells\n");
  }
}
