package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that do not take files themselves; those that do are those of the replay's tests. */
class RunFilesTest {
  @TempDir Path folder;

  private static MlflowServer server(String uri) {
    ServerAddress address = new ServerAddress(URI.create(uri), null, false);
    return new MlflowServer(address, Duration.ofSeconds(1));
  }

  @Test
  void aServerOfThisMachineGetsThemInItsFolder() throws Exception {
    server("http://localhost:5000")
        .upload(folder.toUri().toString(), "report/table.md", new byte[] {'|'});
    server("http://127.0.0.1:5000").upload(folder + "/7", "cell.json", new byte[] {'{'});
    assertThat(folder.resolve("report/table.md")).hasContent("|");
    assertThat(folder.resolve("7/cell.json")).hasContent("{");
  }

  @Test
  void forOthersTheErrorSaysHowToStartThem() {
    for (String place : new String[] {"s3://bucket/1/artifacts", folder.toUri().toString()}) {
      assertThatThrownBy(
              () ->
                  server("https://mlflow.example.org").upload(place, "cell.json", new byte[] {'{'}))
          .isInstanceOf(ServerFault.class)
          .hasMessageContaining("--serve-artifacts")
          .hasMessageContaining(place);
    }
  }
}
