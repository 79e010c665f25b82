package org.trimtab.track.system;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Processor and memory of this machine, and its graphics processors where nvidia-smi is there. */
final class Machine {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double MEGABYTE = 1e6;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final NvidiaSmi graphics = new NvidiaSmi();

  Machine() {
    // The load is measured since the last question; the first has no answer.
    double unused = system.getCpuLoad();
    assert Double.isNaN(unused) || unused <= 1;
  }

  /** Values of now, by MLflow's names for them. */
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

  /** Memory that programs could still have; what Java calls free leaves out the page cache. */
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
