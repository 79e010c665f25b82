package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full: results go to a small file system in memory, in a mount namespace of its
 * own, which needs no rights where the kernel allows such namespaces.
 */
class DiskFullIT {
  @TempDir private Path folder = Path.of("");
  private Path spec = Path.of("");

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(
        new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", folder.toString())
                .start()
                .waitFor()
            == 0,
        "no mount namespaces here");
    Program program = new Program(folder, 12);
    spec =
        program.spec(
            "tiny",
            """
            baseline: {}
            directional-edit: {train: {dataset: truthfulqa, folds: 2}, layers: last 2, factor: 1.5}
            """);
    assertThat(program.run(spec.toString(), "--results", undisturbed().toString()).exitCode())
        .isZero();
  }

  private Path undisturbed() {
    return folder.resolve("undisturbed");
  }

  /** From a disk without room for the plan to one that lacks room for the report. */
  @Test
  void aRunOnAFullDiskSaysSoAndGoesOnWhereItStopped() throws Exception {
    List<Integer> kibibytes = List.of(16, 32, 56, 80, 110);
    int full = 0;
    for (int size : kibibytes) {
      Path own = Files.createDirectories(folder.resolve("disk-" + size));
      int first = run(own, size);
      String said = Files.readString(own.resolve("first.txt"));
      if (first != 0) {
        full++;
        assertThat(first).as(said).isEqualTo(1);
        assertThat(said)
            .containsPattern("[Nn]o space left|free space")
            .doesNotContain("unexpected error")
            .doesNotContain("\tat ");
      }
      assertThat(Files.readString(own.resolve("second.txt"))).contains("3 of 3 cells done");
      assertThat(Program.results(own.resolve("kept/tiny")))
          .isEqualTo(Program.results(undisturbed().resolve("tiny")));
    }
    assertThat(full).as("runs that met a full disk").isGreaterThan(2);
  }

  /** Runs on a disk of a size, then on a larger one with what is there; the first's exit code. */
  private int run(Path own, int kibibytes) throws IOException, InterruptedException {
    String command =
        """
        disk=%1$s/disk
        mkdir -p $disk
        mount -t tmpfs -o size=%2$dk tmpfs $disk
        run() { "$JAVA" -Xmx512m -XX:TieredStopAtLevel=1 -Dtrimtab.project=%3$s -cp "$CP" \\
          org.trimtab.cli.Main %4$s --results $disk; }
        run > %1$s/first.txt 2>&1
        first=$?
        mount -o remount,size=64m $disk
        run > %1$s/second.txt 2>&1
        cp -r $disk %1$s/kept
        exit $first
        """
            .formatted(own, kibibytes, folder, spec);
    ProcessBuilder builder =
        new ProcessBuilder("unshare", "-rm", "sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("shell.txt").toFile());
    builder.environment().put("JAVA", System.getProperty("java.home") + "/bin/java");
    builder.environment().put("CP", System.getProperty("java.class.path", ""));
    builder.environment().put("TRIMTAB_CACHE", folder.resolve("cache").toString());
    builder.environment().put("TRIMTAB_DATA", folder.resolve("data").toString());
    return builder.start().waitFor();
  }
}
