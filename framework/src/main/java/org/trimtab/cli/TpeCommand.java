package org.trimtab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.trimtab.selftest.FindingText;
import org.trimtab.selftest.TpeCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares the tuner tpe with Optuna. */
@Command(
    name = "tpe",
    header = "The tuner tpe: its densities and regret against those of Optuna.",
    footer = {
      "",
      "Example:",
      "  ./run selftest tpe framework/src/test/resources/fixtures/tpe/optuna.json"
    })
final class TpeCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "FILE", description = "what Optuna computed, JSON")
  private Path file = Path.of("");

  TpeCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    FindingText report = new FindingText("case", TpeCheck.run(file));
    host.print(report.text());
    return report.passes() ? 0 : Failures.FAILED;
  }
}
