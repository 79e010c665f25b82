package org.trimtab.say;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.trimtab.UserException;

class LinesTest {
  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void linesEndWithEitherEndAndTheLastNeedsNone() {
    Lines lines = new Lines(of("one\r\n\n\u6F22\nlast"));
    assertThat(lines.next(() -> false)).contains("one");
    assertThat(lines.next(() -> false)).contains("");
    assertThat(lines.next(() -> false)).contains("\u6F22");
    assertThat(lines.next(() -> false)).contains("last");
    assertThat(lines.next(() -> false)).isEmpty();
  }

  @Test
  void aLineInAnotherEncodingIsRefusedAndTheNextIsRead() {
    Lines lines = new Lines(new ByteArrayInputStream(new byte[] {'a', (byte) 0xE9, '\n', 'b'}));
    assertThatThrownBy(() -> lines.next(() -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not UTF-8");
    assertThat(lines.next(() -> false)).contains("b");
  }

  @Test
  void anInterruptDoesNotWaitForALine() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (PipedOutputStream open = new PipedOutputStream();
        PipedInputStream silent = new PipedInputStream(open)) {
      Lines lines = new Lines(silent);
      Thread later = new Thread(() -> stop.set(true));
      later.start();
      assertThat(lines.next(stop::get)).isEmpty();
      later.join();
    }
  }
}
