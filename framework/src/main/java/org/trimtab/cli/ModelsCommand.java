package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.run.session.ModelsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists models, or fetches one. */
@Command(
    name = "models",
    header = "List the models with short names, and whether they are present.",
    description = {
      "",
      "Others are named by folder, .gguf file or hub name. More short names can be declared in",
      "catalogue.yaml in the cache folder."
    },
    commandListHeading = "%nCommands:%n",
    footer = {"", "Examples:", "  ./run models", "  ./run models fetch smollm2-135m-instruct-q4_1"})
final class ModelsCommand implements Callable<Integer> {
  private final Host host;

  ModelsCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    host.print(ModelsText.of(source().list()));
    return 0;
  }

  @Command(
      name = "fetch",
      header = "Download a model if it is missing; an interrupted download resumes.",
      footer = {
        "",
        "Examples:",
        "  ./run models fetch smollm2-135m-instruct-q4_1",
        "  ./run models fetch org/name@revision:file.gguf"
      })
  int fetch(
      @Parameters(paramLabel = "NAME", description = "a short name, or a name on the hub")
          String name) {
    host.print(ModelsText.of(source().resolve(name)));
    return 0;
  }

  private ModelSource source() {
    return new ModelSource(host.sources(), new TransferLine(host.err()));
  }
}
