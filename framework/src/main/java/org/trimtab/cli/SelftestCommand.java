package org.trimtab.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of self-tests. */
@Command(
    name = "selftest",
    synopsisSubcommandLabel = "TEST",
    header = "Compare this program with reference implementations.",
    commandListHeading = "%nTests:%n",
    footer = {
      "",
      "Exit codes: 0 everything within tolerance, 1 otherwise.",
      "",
      "Examples:",
      "  ./run selftest parity framework/src/test/resources/fixtures/parity",
      "  ./run selftest batching smollm2-135m-instruct-q4_1"
    })
final class SelftestCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    throw new ParameterException(
        command, "which test? Tests are " + String.join(", ", command.getSubcommands().keySet()));
  }
}
