package org.trimtab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransferLineTest {
  private static final OptionalLong TOTAL = OptionalLong.of(100_000_000);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private TransferLine line(boolean interactive) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new TransferLine(new Terminal(out, interactive, false, 100), () -> now);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private void after(int milliseconds) {
    now += Duration.ofMillis(milliseconds).toNanos();
  }

  @Test
  void shortStepsAreSilent() {
    TransferLine line = line(true);
    line.advance("config.json", 10, OptionalLong.of(700));
    after(100);
    line.advance("config.json", 700, OptionalLong.of(700));
    assertThat(shown()).isEmpty();
  }

  @Test
  void aPipeGetsALineNowAndThenAndOneAtTheEnd() {
    TransferLine line = line(false);
    line.advance("model.gguf", 0, TOTAL);
    for (int second = 1; second <= 20; second++) {
      after(1000);
      line.advance("model.gguf", second * 5_000_000L, TOTAL);
    }
    assertThat(shown().lines())
        .containsExactly(
            "model.gguf  5.0 of 100.0 MB (5 %)  5.0 MB/s  19 s left",
            "model.gguf  55.0 of 100.0 MB (55 %)  5.0 MB/s  9.0 s left",
            "model.gguf  100.0 of 100.0 MB (100 %)  5.0 MB/s");
  }

  @Test
  void aContinuedDownloadCountsItsOwnBytesOnly() {
    TransferLine line = line(false);
    line.advance("model.gguf", 90_000_000, TOTAL);
    after(1000);
    line.advance("model.gguf", 91_000_000, TOTAL);
    assertThat(shown()).contains("1.0 MB/s  9.0 s left");
  }

  @Test
  void aTerminalSeesOneLineThatIsRewritten() {
    TransferLine line = line(true);
    line.advance("model.gguf", 0, TOTAL);
    after(600);
    line.advance("model.gguf", 6_000_000, TOTAL);
    after(600);
    line.note("source failed, trying the next");
    assertThat(shown())
        .startsWith("\r\u001b[2Kmodel.gguf  6.0 of 100.0 MB (6 %)")
        .endsWith("\r\u001b[2Ksource failed, trying the next\n");
  }
}
