package org.trimtab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.experiment.ResultFolder;
import org.trimtab.report.verify.Verification;
import org.trimtab.session.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes the numbers of a report again. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Compute every number of a report again from journals, and say which differ.",
    description = {
      "",
      "First the metrics in journals from their items, then tables and figures from journals. The",
      "exit code is 1 when anything differs."
    },
    footer = {
      "",
      "Examples:",
      "  ./run verify tqa-sweep",
      "  ./run verify results/tqa-sweep",
      "  ./run verify results/tqa-sweep/report/table.tex"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(
      paramLabel = "PATH",
      description = "a name, a folder results/NAME, its report, or one file of a table")
  private String path = "";

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "the folder of results (default: results/ in the project)")
  private @Nullable Path all;

  VerifyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path results = all == null ? host.project().resolve("results") : all;
    Path named = Files.exists(Path.of(path)) ? Path.of(path) : results.resolve(path);
    return report(Results.around(named, results), named) ? 0 : Failures.FAILED;
  }

  /** Says what was checked and what differs; returns whether nothing does. */
  private boolean report(ResultFolder folder, Path named) {
    Verification.Outcome outcome =
        Verification.of(
            folder,
            named,
            (planned, items) -> Evaluators.named(planned.evaluator()).metrics(planned, items));
    outcome.findings().forEach(finding -> host.print(finding.toString()));
    host.print(
        outcome.metrics()
            + " metrics computed again from items, "
            + outcome.files().size()
            + " files from journals: "
            + (outcome.findings().isEmpty()
                ? "all the same."
                : outcome.findings().size()
                    + " differences. Results that ran on after the report need './run report "
                    + folder.path()
                    + "'."));
    if (outcome.unchecked() > 0) {
      host.print(outcome.unchecked() + " metrics were not computed again: that needs the model.");
    }
    return outcome.findings().isEmpty();
  }
}
