package org.trimtab.cli;

import java.util.concurrent.Callable;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.model.ModelSource;
import org.trimtab.run.session.ModelsText;
import picocli.CommandLine.Command;

/** Lists models. */
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
    ModelSource source = new ModelSource(host.sources(), new TransferLine(host.err()));
    host.print(ModelsText.of(source.list()));
    return 0;
  }
}
