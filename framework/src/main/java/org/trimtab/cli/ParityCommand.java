package org.trimtab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Devices;
import org.trimtab.selftest.ParityReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the decoder with fixture folders. */
@Command(
    name = "parity",
    sortOptions = false,
    header = "Decoder, interventions and gradients against fixture folders.",
    description = {
      "",
      "A fixture folder holds config.json, model.safetensors, expected.safetensors and meta.json."
    },
    footer = {
      "",
      "Examples:",
      "  ./run selftest parity framework/src/test/resources/fixtures/parity",
      "  ./run selftest parity framework/src/test/resources/fixtures/parity \\",
      "      --weights framework/src/test/resources/fixtures/gguf"
    })
final class ParityCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "DIR", description = "a fixture folder, or a folder of such")
  private Path folder = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "DIR2",
      description = "take DIR2/FAMILY.gguf instead of a folder's own weights and configuration")
  private @Nullable Path weights;

  @Option(names = "--device", description = "auto, cpu, gpu or gpu:N (default: cpu)")
  private String device = "cpu";

  ParityCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    ParityReport report = ParityReport.of(folder, weights, Devices.resolve(device));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
