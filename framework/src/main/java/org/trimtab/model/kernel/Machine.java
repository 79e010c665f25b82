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
 * The hardware and native library that compute: what the last digits of a score may depend on.
 *
 * @param processor the processor's model: another one may add in another order; null where the
 *     system does not tell it
 * @param cores processors that this process may use: they bound the threads
 * @param threads threads within one matrix product: another number splits sums elsewhere
 * @param library the flavour of the engine's native library ({@code cpu}, {@code cu128}), followed
 *     by PYTORCH_LIBRARY_PATH when it was taken from there instead of from this program's build
 * @param gpu the GPU's name; null on the CPU, or where no driver tells it
 * @param driver the version of the GPU's driver; null where the name is
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

  /** Linux has it in a file, macOS behind a command, Windows in a variable. */
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
