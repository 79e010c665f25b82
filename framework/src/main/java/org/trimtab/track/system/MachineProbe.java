package org.trimtab.track.system;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Processor, memory and, if nvidia-smi is installed, GPUs of this machine. */
final class MachineProbe {
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
