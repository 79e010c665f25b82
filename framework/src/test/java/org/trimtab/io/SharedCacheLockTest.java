package org.trimtab.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCacheLockTest {
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
    Path cache = folder.resolve("cache");
    Path target = folder.resolve("weights");
    FolderLock.on(target, cache, note -> {}).close();
    Path lock = cache.resolve("locks").resolve(Hashes.text(target.toAbsolutePath().toString()));
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
      long start = System.nanoTime();
      FolderLock.on(target, cache, notes::add).close();
      assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.2);
      assertThat(notes).singleElement().asString().contains("another process works on");
    } finally {
      holder.destroy();
    }
  }
}
