package org.trimtab.data.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Settings that keep everything in a temporary folder, with short time limits. */
public final class TestSettings {
  private TestSettings() {}

  public static SourceSettings in(Path folder, URI hub) {
    return with(folder, hub, List.of("no-such-python"), Optional.empty());
  }

  public static SourceSettings with(
      Path folder, URI hub, List<String> pip, Optional<String> token) {
    return new SourceSettings(
        folder.resolve("cache"),
        folder.resolve("catalogue.yaml"),
        Optional.empty(),
        hub,
        token,
        folder.resolve("hub-cache"),
        pip,
        new SourceSettings.Patience(
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofMillis(400),
            Duration.ofMillis(10)));
  }

  /** Bytes that look like a model's: many, and not compressible. */
  public static byte[] weights(int count) {
    byte[] bytes = new byte[count];
    new Random(17).nextBytes(bytes);
    return bytes;
  }
}
