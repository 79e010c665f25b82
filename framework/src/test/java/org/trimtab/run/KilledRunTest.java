package org.trimtab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.ChildJava;
import org.trimtab.plan.random.CounterRandom;

/** Real processes that are really killed. */
@Timeout(120)
class KilledRunTest {
  private static final int KILLS = 5;

  @TempDir private Path folder;
  private Map<String, String> undisturbed = Map.of();

  @BeforeEach
  void runUndisturbed() throws IOException {
    Runner.run(
        SamplePlan.sweep(40),
        () -> new FakeWorkbench(40, 4),
        folder.resolve("undisturbed"),
        RunOptions.all(SamplePlan.HERE),
        Progress.SILENT,
        new Interrupt());
    undisturbed = ExportedFiles.read(folder.resolve("undisturbed"));
  }

  @Test
  void aRunKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
    CounterRandom random = CounterRandom.of(System.nanoTime(), "kills");
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed", 2);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        readLines(lines, 1 + random.below(14, 2L * kill));
        Thread.sleep(random.below(4, 2L * kill + 1));
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
    }
    Process last = start("killed", 0);
    last.getInputStream().readAllBytes();

    assertThat(last.waitFor()).isZero();
    assertThat(ExportedFiles.read(folder.resolve("killed"))).isEqualTo(undisturbed);
    assertThat(resumes()).isPositive();
  }

  @Test
  void twoProcessesShareOnePlan() throws Exception {
    Process one = start("shared", 3);
    Process two = start("shared", 3);
    String first = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String second = new String(two.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(one.waitFor()).as(first).isZero();
    assertThat(two.waitFor()).as(second).isZero();
    assertThat(ExportedFiles.read(folder.resolve("shared"))).isEqualTo(undisturbed);
    assertThat((first + second).lines().filter("cell"::equals)).hasSize(13);
    assertThat(resumes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-INT", "-HUP"})
  void controlCEndsAfterTheBatchAndTheSameCommandGoesOn(String name) throws Exception {
    Process process = start("stopped", 20);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      readLines(lines, 6);
      signal(process, name);
      assertThat(lines.lines().toList()).contains("stopping").endsWith("exit 130");
    }
    assertThat(process.waitFor()).isEqualTo(130);
    Process again = start("stopped", 0);
    again.getInputStream().readAllBytes();
    assertThat(again.waitFor()).isZero();
    assertThat(ExportedFiles.read(folder.resolve("stopped"))).isEqualTo(undisturbed);
  }

  @Test
  void aSecondControlCEndsAtOnce() throws Exception {
    Process process = start("stuck", 100_000);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      readLines(lines, 1);
      signal(process, "-INT");
      assertThat(lines.readLine()).isEqualTo("stopping");
      signal(process, "-INT");
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  private Process start(String results, long pause) throws Exception {
    return ChildJava.of(KilledRun.class, folder.resolve(results).toString(), Long.toString(pause))
        .redirectErrorStream(true)
        .start();
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  private static void readLines(BufferedReader lines, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(lines.readLine()).isIn("cell", "batch");
    }
  }

  private long resumes() throws IOException {
    long resumes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.endsWith("journal.jsonl")).toList()) {
        resumes +=
            Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("{\"kind\":\"resume\""))
                .count();
      }
    }
    return resumes;
  }
}
