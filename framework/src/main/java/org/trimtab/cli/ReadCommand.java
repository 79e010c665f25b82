package org.trimtab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.trimtab.cli.terminal.WorkLine;
import org.trimtab.io.Json;
import org.trimtab.read.DirectionReader;
import org.trimtab.report.folder.Reports;
import org.trimtab.report.reading.ReadingFiles;
import org.trimtab.report.reading.ReadingText;
import org.trimtab.run.session.Results;
import org.trimtab.run.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what the direction of a cell is. */
@Command(
    name = "read",
    sortOptions = false,
    header = "Say what a cell's direction is: its tokens, how it separates lines, its heads.",
    description = {
      "",
      "The cell's method is fitted again. Its direction d is held against random directions (logit",
      "lens), against lines that it was not learned from (AUC by hidden state, effect size; shuffled",
      "labels as the null) and against o_proj (share of every head). All numbers, tables and figures",
      "go to results/NAME/read/ID, and a section of the report links them."
    },
    footer = {
      "",
      "Examples:",
      "  ./run read quickstart --cell 1",
      "  ./run read my-spec --row \"directional-edit factor=1.5\"",
      "  ./run read quickstart --cell 1 --json"
    })
final class ReadCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "RESULTS", description = "a name, a folder results/NAME, or a spec")
  private String results = "";

  @Mixin private CellOption cell = new CellOption();

  @Option(names = "--json", description = "print everything as JSON instead of text")
  private boolean json;

  @Mixin private ResultsOption all = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  ReadCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    Results found = Results.find(results, all.of(host));
    int index = cell.index(found.folder().plan(), Reports.table(found.folder(), found.spec()));
    Session session = host.open(Session.Request.again(found.folder(), List.of(), data.folder()));
    WorkLine progress = new WorkLine(host.err());
    DirectionReader.Read read = DirectionReader.run(found.folder(), session, index, progress::step);
    String id = read.reading().subject().cell();
    found.folder().writeReading(id, ReadingFiles.of(read.reading(), read.lines()));
    if (Files.exists(found.folder().report())) {
      Reports.write(found.folder(), found.spec());
    }
    if (json) {
      host.print(Json.pretty(read.reading()));
    } else {
      Path folder = found.folder().readings().resolve(id);
      host.print(ReadingText.of(read.reading(), host.out().columns()) + "\n" + folder);
    }
    return 0;
  }
}
