package org.trimtab.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.cli.terminal.ProgressLine;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.run.Interrupt;
import org.trimtab.run.reproduce.Comparison;
import org.trimtab.run.reproduce.Conditions;
import org.trimtab.run.reproduce.Reproduction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reproduces results. */
@Command(
    name = "reproduce",
    sortOptions = false,
    header = "Run results again under the same conditions, and compare every number.",
    description = {
      "",
      "First spec, model, data sets, versions, commit and machine are compared with what was",
      "recorded. A different spec, model, data set or version is refused. Then every cell that ended",
      "is run again into NAME-reproduced, which the same command resumes, and compared.",
      "Exit codes: 0 the same numbers, 1 refused or different, 130 interrupted."
    },
    footer = {
      "",
      "Examples:",
      "  ./run reproduce tqa-sweep",
      "  ./run reproduce results/tqa-sweep --results elsewhere",
      "  ./run reproduce results/tqa-sweep --anyway"
    })
final class ReproduceCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "the results of a run: a name, or results/NAME")
  private Path folder = Path.of("");

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "where NAME-reproduced goes (default: beside the original)")
  private @Nullable Path results;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--anyway",
      description = "run despite another commit, or local changes to it; nothing else")
  private boolean anyway;

  ReproduceCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Conditions.Places places =
        new Conditions.Places(
            data.folder(), host.sources(), host.project(), new TransferLine(host.err()));
    Reproduction reproduction =
        Reproduction.of(host.results(folder), Optional.ofNullable(results), places);
    host.print(reproduction.conditions().text());
    Interrupt interrupt = SpecRun.interrupt(host);
    Comparison comparison = reproduction.run(anyway, new ProgressLine(host.err()), interrupt);
    double tolerance = reproduction.conditions().tolerance();
    host.print("\n" + comparison.text(tolerance));
    host.tell("Results: " + reproduction.target());
    if (comparison.interrupted()) {
      return Failures.INTERRUPTED;
    }
    return comparison.within(tolerance) ? 0 : Failures.FAILED;
  }
}
