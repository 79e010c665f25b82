package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.run.CellFolder;
import org.trimtab.track.RunContent.Point;

class SystemReadingTest {
  @TempDir Path folder;

  @Test
  void linesAreCurvesAndTornOnesArePassedOver() throws IOException {
    Path file = folder.resolve("system.jsonl");
    SystemReading.append(file, Instant.ofEpochMilli(1000), Map.of("system/a", 1.5));
    Files.writeString(file, "{\"time\":\"1970-01", StandardOpenOption.APPEND);
    SystemReading.append(file, Instant.ofEpochMilli(2000), Map.of("system/a", 9.0));
    SystemReading.append(file, Instant.ofEpochMilli(3000), Map.of("system/a", 2.5));
    Files.writeString(file, "{\"time\":", StandardOpenOption.APPEND);

    assertThat(SystemReading.points(file))
        .containsExactly(new Point("system/a", 1.5, 1000, 0), new Point("system/a", 2.5, 3000, 1));
  }

  @Test
  void aCellWithoutSamplesHasNone() {
    assertThat(SystemReading.points(folder.resolve("system.jsonl"))).isEmpty();
  }

  @Test
  void graphicsProcessorsAreReadByTheirIndex() {
    Map<String, Double> values =
        SystemSampler.NvidiaSmi.parse("0, 87, 10240, 81559, 310.55\n1, 0, 4, 81559, [N/A]\n");
    assertThat(values)
        .containsEntry("system/gpu_0_utilization_percentage", 87.0)
        .containsEntry("system/gpu_0_power_usage_watts", 310.55)
        .containsKey("system/gpu_1_memory_usage_percentage")
        .doesNotContainKey("system/gpu_1_power_usage_watts");
    assertThat(values.getOrDefault("system/gpu_0_memory_usage_megabytes", 0.0))
        .isEqualTo(10737.41824, within(1e-9));
  }

  @Test
  void aCellThatRunsIsSampledUntilItEnds() throws InterruptedException {
    try (SystemSampler sampler = new SystemSampler(Duration.ofMillis(1))) {
      sampler.begin(new CellFolder(folder));
      while (samples() < 3) {
        Thread.sleep(5);
      }
      sampler.pause();
    }
    assertThat(SystemReading.points(folder.resolve("system.jsonl")))
        .anyMatch(point -> point.name().equals("system/system_memory_usage_megabytes"));
  }

  private long samples() {
    return SystemReading.points(folder.resolve("system.jsonl")).stream()
        .filter(point -> point.name().equals("system/system_memory_usage_percentage"))
        .count();
  }

  @Test
  void thisMachineHasMemory() throws InterruptedException {
    Map<String, Double> values = new SystemSampler.MachineProbe().read();
    assertThat(values.getOrDefault("system/system_memory_usage_megabytes", 0.0)).isPositive();
    assertThat(values.getOrDefault("system/system_memory_usage_percentage", 0.0))
        .isBetween(0.0, 100.0);
  }
}
