package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.ProgressLine;
import org.trimtab.selftest.calibrate.CalibrationRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the effects of methods with those that were planted. */
@Command(
    name = "methods",
    sortOptions = false,
    header = "Every method finds the effect planted in the embedded world, and no control does.",
    description = {
      "",
      "Runs experiments/quickstart.yaml and world-deltas.yaml in a temporary folder. A method",
      "finds its effect when the paired 95 % interval of the difference from the baseline lies above",
      "0; a control must not. Also checks that the unsteered model leaves room both ways and that truth can be decoded",
      "from it by a linear probe."
    },
    footer = {
      "",
      "Examples:",
      "  ./run selftest methods",
      "  ./run selftest methods --model results/world-model    a model of your own training"
    })
final class MethodsCommand implements Callable<Integer> {
  private final Host host;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "another model of the world (default: the embedded one)")
  private @Nullable String model;

  MethodsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    CalibrationRun run =
        CalibrationRun.of(
            host.project().resolve("experiments"),
            model,
            host::open,
            new ProgressLine(host.err()),
            SpecRun.interrupt(host));
    if (run.exitCode() != 0) {
      return run.exitCode();
    }
    host.print(run.text());
    return run.holds() ? 0 : Failures.FAILED;
  }
}
