package org.trimtab.model.kernel;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.ShortCommand;

/**
 * The hardware and native library, on which the last digits of a score may depend.
 *
 * @param processor the processor's model: another one may add in another order; null if the system
 *     does not report it
 * @param cores processors available to this process, which bound the threads
 * @param threads threads within one matrix product: another number splits sums differently
 * @param library the flavour of the engine's native library ({@code cpu}, {@code cu128}), followed
 *     by PYTORCH_LIBRARY_PATH if it comes from there instead of from this program's build
 * @param gpu the GPU's name; null on the CPU, or if no driver reports it
 * @param driver the version of the GPU's driver; null if the name is
 */
public record Machine(
    @Nullable String processor,
    int cores,
    int threads,
    String library,
    @Nullable String gpu,
    @Nullable String driver) {
  private static final Path HERE = Path.of("").toAbsolutePath();

  /** This machine, as it computes on a device; starts the engine. */
  public static Machine of(Device device) {
    Devices.engine();
    List<String> gpu = device.isGpu() ? gpu(device.getDeviceId()) : List.of();
    return new Machine(
        processor(Path.of("/proc/cpuinfo")),
        Runtime.getRuntime().availableProcessors(),
        JniUtils.getNumThreads(),
        flavour(),
        gpu.size() == 2 ? gpu.get(0) : null,
        gpu.size() == 2 ? gpu.get(1) : null);
  }

  /** From a file on Linux, a command on macOS, a variable on Windows. */
  static @Nullable String processor(Path cpuinfo) {
    if (Files.isReadable(cpuinfo)) {
      try (Stream<String> lines = Files.lines(cpuinfo)) {
        Optional<String> model =
            lines.filter(line -> line.matches("model name\\s*:.*")).findFirst();
        if (model.isPresent()) {
          return model.get().substring(model.get().indexOf(':') + 1).strip();
        }
      } catch (IOException e) {
        return null;
      }
    }
    return ShortCommand.output(HERE, "sysctl", "-n", "machdep.cpu.brand_string")
        .orElse(System.getenv("PROCESSOR_IDENTIFIER"));
  }

  private static String flavour() {
    if (System.getenv("PYTORCH_LIBRARY_PATH") == null) {
      return Platform.detectPlatform("pytorch").getFlavor();
    }
    @Nullable String named = System.getenv("PYTORCH_FLAVOR");
    return (named == null ? "unnamed" : named) + ", PYTORCH_LIBRARY_PATH";
  }

  /** Name and driver, or nothing. The driver counts GPUs without regard to CUDA_VISIBLE_DEVICES. */
  private static List<String> gpu(int index) {
    @Nullable String visible = System.getenv("CUDA_VISIBLE_DEVICES");
    String[] chosen = visible == null || visible.isBlank() ? new String[0] : visible.split(",", -1);
    String id = index < chosen.length ? chosen[index].strip() : Integer.toString(index);
    return ShortCommand.output(
            HERE,
            "nvidia-smi",
            "-i",
            id,
            "--query-gpu=name,driver_version",
            "--format=csv,noheader")
        .map(line -> List.of(line.split("\\s*,\\s*", -1)))
        .orElse(List.of());
  }
}
