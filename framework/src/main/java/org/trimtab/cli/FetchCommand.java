package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.run.session.ModelsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fetches a model. */
@Command(
    name = "fetch",
    header = "Download a model if it is missing; an interrupted download resumes.",
    footer = {
      "",
      "Examples:",
      "  ./run models fetch smollm2-135m-instruct-q4_1",
      "  ./run models fetch org/name@revision:file.gguf"
    })
final class FetchCommand implements Callable<Integer> {
  private final Host host;

  @Parameters(paramLabel = "NAME", description = "a short name, or a name on the hub")
  private String name = "";

  FetchCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    ModelSource source = new ModelSource(host.sources(), new TransferLine(host.err()));
    host.print(ModelsText.of(source.resolve(name)));
    return 0;
  }
}
