package org.trimtab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands on the embedded world. */
@Command(
    name = "world",
    synopsisSubcommandLabel = "COMMAND",
    header = "The embedded world: a tiny model and benchmark whose truth is known.",
    commandListHeading = "%nCommands:%n",
    footer = {"", "Example:", "  ./run world train --out results/world"})
final class WorldCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command,
        "which command? Commands are " + String.join(", ", command.getSubcommands().keySet()));
  }
}
