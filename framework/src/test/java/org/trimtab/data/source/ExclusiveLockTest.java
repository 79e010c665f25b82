package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.io.Hashes;

class ExclusiveLockTest {
  /** A program that holds a file's lock for a while. */
  private static final String HOLDER =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;

      class Holder {
        public static void main(String[] args) throws Exception {
          try (var file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            file.lock();
            System.out.println("held");
            Thread.sleep(700);
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void waitsForAnotherProcess() throws Exception {
    SourceSettings settings = TestSettings.in(folder, URI.create("http://localhost"));
    Path target = folder.resolve("weights");
    ExclusiveLock.on(target, settings, Progress.NONE).close();
    Path lock =
        settings.cache().resolve("locks").resolve(Hashes.text(target.toAbsolutePath().toString()));
    Path program = Files.writeString(folder.resolve("Holder.java"), HOLDER);
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = holder.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");
      List<String> notes = new ArrayList<>();
      Progress progress =
          new Progress() {
            @Override
            public void advance(String what, long bytes, OptionalLong total) {}

            @Override
            public void note(String message) {
              notes.add(message);
            }
          };
      long start = System.nanoTime();
      ExclusiveLock.on(target, settings, progress).close();
      assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.2);
      assertThat(notes).singleElement().asString().contains("another process works on");
    } finally {
      holder.destroy();
    }
  }
}
