package org.trimtab.track;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.CellFolder;

/**
 * Samples the machine while cells run: at the start of each, then every few seconds, into the
 * cell's system.jsonl. A write error ends the sampling, not the run.
 */
final class SystemSampler implements AutoCloseable {
  private final AtomicReference<@Nullable Path> file = new AtomicReference<>();
  private final Duration interval;
  private final Thread thread;

  /** Waits for its first cell. */
  SystemSampler(Duration interval) {
    this.interval = interval;
    thread = new Thread(this::sample, "system-sampler");
    thread.setDaemon(true);
    thread.start();
  }

  /** A cell begins. */
  void begin(CellFolder cell) {
    file.set(cell.system());
    synchronized (this) {
      notifyAll();
    }
  }

  /** No cell runs. */
  void pause() {
    file.set(null);
  }

  private void sample() {
    MachineProbe machine = new MachineProbe();
    @Nullable Path last = null;
    try {
      while (true) {
        last = await(last);
        SystemReading.append(last, Instant.now(), machine.read());
      }
    } catch (InterruptedException | IOException e) {
      // Closed, or the disk is full: what was sampled stays.
      file.set(null);
    }
  }

  /** The file of the running cell: at once if it is a new one, otherwise after the interval. */
  private synchronized Path await(@Nullable Path last) throws InterruptedException {
    long until = System.nanoTime() + interval.toNanos();
    while (true) {
      Path now = file.get();
      long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (now != null && (!now.equals(last) || left <= 0)) {
        return now;
      }
      wait(Math.max(1, left <= 0 ? interval.toMillis() : left));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  /** Processor, memory and, if nvidia-smi is installed, GPUs of this machine. */
  static final class MachineProbe {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final double MEGABYTE = 1e6;

    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final NvidiaSmi graphics = new NvidiaSmi();

    MachineProbe() {
      // The load is measured since the last call; the first call has no result.
      double unused = system.getCpuLoad();
      assert Double.isNaN(unused) || unused <= 1;
    }

    /** Current values, by MLflow's names. */
    Map<String, Double> read() throws InterruptedException {
      Map<String, Double> values = new TreeMap<>();
      double load = system.getCpuLoad();
      if (load >= 0) {
        values.put("system/cpu_utilization_percentage", 100 * load);
      }
      double total = system.getTotalMemorySize();
      double used = total - available();
      values.put("system/system_memory_usage_megabytes", used / MEGABYTE);
      values.put("system/system_memory_usage_percentage", 100 * used / total);
      values.putAll(graphics.read());
      return values;
    }

    /** Available memory; Java's free memory excludes the page cache. */
    private double available() {
      try {
        for (String line : Files.readAllLines(MEMORY)) {
          if (line.startsWith("MemAvailable:")) {
            return 1024 * Double.parseDouble(line.replaceAll("\\D", ""));
          }
        }
      } catch (IOException e) {
        // Not Linux.
      }
      return system.getFreeMemorySize();
    }
  }

  /** GPU values reported by nvidia-smi; a machine without it is asked once. */
  static final class NvidiaSmi {
    private static final String[] COMMAND = {
      "nvidia-smi",
      "--query-gpu=index,utilization.gpu,memory.used,memory.total,power.draw",
      "--format=csv,noheader,nounits"
    };
    private static final long SECONDS = 5;
    private static final double MEBIBYTE = 1.048576;

    private boolean absent;

    /** Current values, by MLflow's names; empty without a GPU. */
    Map<String, Double> read() throws InterruptedException {
      if (absent) {
        return Map.of();
      }
      try {
        Process process =
            new ProcessBuilder(COMMAND).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          process.destroyForcibly();
          absent = true;
          return Map.of();
        }
        return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        absent = true;
        return Map.of();
      }
    }

    /** Reads lines such as {@code 0, 87, 10240, 81559, 310.55}; {@code [N/A]} is skipped. */
    static Map<String, Double> parse(String answer) {
      Map<String, Double> values = new TreeMap<>();
      for (String line : answer.split("\n")) {
        String[] fields = line.split(",");
        if (fields.length != 5) {
          continue;
        }
        String prefix = "system/gpu_" + fields[0].strip() + "_";
        double used = number(fields[2]);
        put(values, prefix + "utilization_percentage", number(fields[1]));
        put(values, prefix + "memory_usage_megabytes", used * MEBIBYTE);
        put(values, prefix + "memory_usage_percentage", 100 * used / number(fields[3]));
        put(values, prefix + "power_usage_watts", number(fields[4]));
      }
      return values;
    }

    private static double number(String field) {
      try {
        return Double.parseDouble(field.strip());
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }

    private static void put(Map<String, Double> values, String name, double value) {
      if (Double.isFinite(value)) {
        values.put(name, value);
      }
    }
  }
}
