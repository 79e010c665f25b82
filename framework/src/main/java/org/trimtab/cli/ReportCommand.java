package org.trimtab.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.trimtab.report.folder.ReportWriter;
import org.trimtab.report.folder.Reports;
import org.trimtab.run.session.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes tables and figures. */
@Command(
    name = "report",
    sortOptions = false,
    header = "Make tables and figures from journals, as the spec's 'report' asks for them.",
    description = {
      "",
      "Tables become Markdown, CSV and LaTeX, figures SVG and PNG, in results/NAME/report; begin",
      "with index.md. Model and data are not needed. A spec's file is read again, so that its",
      "'report' can be changed after a run; a name or folder uses the spec as it was run."
    },
    footer = {
      "",
      "Examples:",
      "  ./run report tqa-sweep",
      "  ./run report results/tqa-sweep",
      "  ./run report experiments/tqa-sweep.yaml"
    })
final class ReportCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "a name, a folder results/NAME, or a spec")
  private String results = "";

  @Mixin private ResultsOption all = new ResultsOption();

  ReportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Path folder = all.of(host);
    Results found = Results.find(results, folder);
    ReportWriter.Written written = Reports.write(found.folder(), found.spec());
    written.leftOut().forEach(host::tell);
    host.print(written.index().toString());
    return 0;
  }
}
