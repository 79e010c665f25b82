package org.trimtab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.trimtab.console.TransferLine;
import org.trimtab.selftest.FindingText;
import org.trimtab.selftest.FusionCheck;
import org.trimtab.source.model.ModelSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares fusion steering with its reference. */
@Command(
    name = "fusion",
    sortOptions = false,
    header = "Fusion steering: reference vectors, full-layer and segmented texts.",
    footer = {
      "",
      "Example:",
      "  ./run selftest fusion fusion.json --model smollm2-135m-instruct-q4_1"
    })
final class FusionCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "FILE", description = "what the reference implementation computed, JSON")
  private Path file = Path.of("");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "the model: short name, hub name, folder or .gguf file")
  private String model = "";

  FusionCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    ModelSource source = new ModelSource(host.sources(), new TransferLine(host.err()));
    FindingText report =
        new FindingText("question", FusionCheck.run(file, () -> source.resolve(model)));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
