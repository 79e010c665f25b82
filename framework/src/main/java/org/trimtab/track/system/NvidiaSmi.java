package org.trimtab.track.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** GPU values reported by nvidia-smi; a machine without it is asked once. */
final class NvidiaSmi {
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
