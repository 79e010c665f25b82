package org.trimtab.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.evaluate.grade.JudgeSettings;
import org.trimtab.evaluate.grade.Judges;
import org.trimtab.report.folder.Reports;
import org.trimtab.report.paper.TableText;
import org.trimtab.run.LaterGrading;
import org.trimtab.run.session.Judging;
import org.trimtab.run.session.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Grades answers after their run. */
@Command(
    name = "grade",
    sortOptions = false,
    header = "Grade the answers of a run that its judge has left ungraded.",
    description = {
      "",
      "Nothing is generated again: answers are read from journals, and their grades appended.",
      "Replies of endpoints are kept in the cache folder, so no answer is paid for twice. With",
      "--calibrate the judge grades manually labelled answers, and the agreement is printed",
      "(docs/grading.md). The exit code is 1 when answers stay ungraded."
    },
    footer = {
      "",
      "Examples:",
      "  ./run grade simpleqa-judge",
      "  ./run grade results/simpleqa-judge --deadline 120 --retries 8",
      "  ./run grade simpleqa-judge --calibrate labelled.csv"
    })
final class GradeCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "a name, a folder results/NAME, or a spec")
  private String named = "";

  @Mixin private ResultsOption all = new ResultsOption();

  @Option(
      names = "--calibrate",
      paramLabel = "FILE",
      description = "CSV or .jsonl with question, gold, answer and label")
  private @Nullable Path labelled;

  @Option(names = "--deadline", paramLabel = "SECONDS", description = "for one request")
  private @Nullable Double deadline;

  @Option(names = "--retries", paramLabel = "N", description = "further attempts")
  private @Nullable Integer retries;

  @Option(names = "--concurrency", paramLabel = "N", description = "requests at the same time")
  private @Nullable Integer concurrency;

  GradeCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path folder = all.of(host);
    Results results = Results.find(named, folder);
    Judges here = Judging.judges(host.sources(), new TransferLine(host.err()));
    Judges judges = settings -> here.open(settings.with(calls(settings.calls())));
    if (labelled != null) {
      Judging.calibrate(results.folder().plan(), judges, labelled, host::print);
    }
    int graded = LaterGrading.run(results.folder(), judges);
    if (graded > 0) {
      Reports.write(results.folder(), results.spec());
    }
    host.print(graded + " answers graded.");
    Optional<String> left = LaterGrading.ungraded(results.folder()).text(results.folder());
    left.ifPresent(host::tell);
    host.print("\n" + TableText.of(Reports.table(results.folder(), results.spec())));
    return left.isPresent() ? Failures.FAILED : 0;
  }

  private JudgeSettings.Calls calls(JudgeSettings.Calls planned) {
    return new JudgeSettings.Calls(
        deadline == null ? planned.deadline() : atLeast("--deadline", deadline, 0.01),
        retries == null ? planned.retries() : (int) atLeast("--retries", retries, 0),
        concurrency == null
            ? planned.concurrency()
            : (int) atLeast("--concurrency", concurrency, 1),
        planned.inputPrice(),
        planned.outputPrice());
  }

  private static double atLeast(String option, double value, double least) {
    if (!(value >= least)) {
      throw new UsageException(option + " " + value + ": expected at least " + least);
    }
    return value;
  }
}
