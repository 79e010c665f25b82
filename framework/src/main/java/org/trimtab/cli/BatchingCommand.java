package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.model.kernel.Devices;
import org.trimtab.selftest.BatchingCheck;
import org.trimtab.selftest.FindingText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares ways of batching. */
@Command(
    name = "batching",
    sortOptions = false,
    header = "Log-probabilities do not depend on batch size, order, padding or caching.",
    footer = {"", "Example:", "  ./run selftest batching smollm2-135m-instruct-q4_1"})
final class BatchingCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(
      paramLabel = "MODEL",
      description = "the model: short name, hub name, folder or .gguf file")
  private String model = "";

  @Option(names = "--device", description = "auto, cpu, gpu or gpu:N (default: cpu)")
  private String device = "cpu";

  BatchingCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    ModelSource source = new ModelSource(host.sources(), new TransferLine(host.err()));
    FindingText report =
        new FindingText(
            "way", BatchingCheck.run(source.resolve(model).path(), Devices.resolve(device)));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
