package org.trimtab.cli;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.cli.terminal.ProgressLine;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.evaluate.Evaluators;
import org.trimtab.evaluate.Metrics;
import org.trimtab.report.verify.Verification;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.reproduce.Comparison;
import org.trimtab.run.reproduce.Conditions;
import org.trimtab.run.reproduce.Rerun;
import org.trimtab.run.session.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recomputes the numbers of a report. */
@Command(
    name = "verify",
    sortOptions = false,
    header = "Recompute every number of a report from journals, and list those that differ.",
    description = {
      "",
      "First the metrics in journals from their items, then tables and figures from journals. With",
      "--rerun also some cells from the model, in a separate folder, item by item. The exit",
      "code is 1 when anything differs."
    },
    footer = {
      "",
      "Examples:",
      "  ./run verify tqa-sweep",
      "  ./run verify results/tqa-sweep",
      "  ./run verify results/tqa-sweep/report/table.tex",
      "  ./run verify tqa-sweep --rerun 3"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(
      paramLabel = "PATH",
      description = "a name, a folder results/NAME, its report, or one file of a table")
  private String path = "";

  @Mixin private ResultsOption all = new ResultsOption();

  @Option(
      names = "--rerun",
      paramLabel = "K",
      description = "also run K cells again, drawn at random, and compare them item by item")
  private @Nullable Integer rerun;

  @Option(names = "--seed", description = "for drawing cells (default: 0)")
  private long seed;

  @Mixin private DataOption data = new DataOption();

  VerifyCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path results = all.of(host);
    Path named = Files.exists(Path.of(path)) ? Path.of(path) : results.resolve(path);
    ResultFolder folder = Results.around(named, results);
    boolean same = report(folder, named);
    if (rerun != null) {
      same &= again(folder, rerun);
    }
    return same ? 0 : Failures.FAILED;
  }

  /** Runs cells again; returns whether they give the same numbers. */
  private boolean again(ResultFolder original, int count) {
    if (count < 1) {
      throw new UsageException("--rerun " + count + ": expected at least 1");
    }
    Conditions conditions =
        Conditions.of(
            original,
            List.of(),
            new Conditions.Places(
                data.folder(), host.sources(), host.project(), new TransferLine(host.err())));
    host.print("\n" + conditions.text());
    Comparison comparison =
        Rerun.sample(
            original,
            conditions,
            count,
            seed,
            new ProgressLine(host.err()),
            SpecRun.interrupt(host));
    host.print("\n" + comparison.text(conditions.tolerance()));
    return comparison.within(conditions.tolerance()) && !comparison.interrupted();
  }

  /** Prints what was checked and what differs; returns whether nothing differs. */
  private boolean report(ResultFolder folder, Path named) {
    Verification.Outcome outcome =
        Verification.of(
            folder,
            named,
            (planned, items) -> Metrics.of(Evaluators.named(planned.evaluator()), items));
    outcome.findings().forEach(finding -> host.print(finding.toString()));
    host.print(
        "%s metrics recomputed from items, %s files from journals: "
                .formatted(outcome.metrics(), outcome.files().size())
            + (outcome.findings().isEmpty()
                ? "all the same."
                : ("%s differences. Results that were extended after the report need './run"
                        + " report %s'.")
                    .formatted(outcome.findings().size(), folder.path())));
    if (!outcome.unchecked().isEmpty()) {
      host.print(
          "Not checked: "
              + outcome.unchecked().stream().map(Path::toString).collect(joining(", "))
              + "; nor cells.csv, items.jsonl and what is in MLflow, which are copies of journals.");
    }
    return outcome.findings().isEmpty();
  }
}
