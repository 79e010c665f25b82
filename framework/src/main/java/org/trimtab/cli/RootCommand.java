package org.trimtab.cli;

import org.trimtab.Release;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command. */
@Command(
    name = "./run",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    sortOptions = false,
    customSynopsis = {"./run SPEC.yaml [OPTIONS]", "       ./run COMMAND [ARGUMENTS]"},
    description = {
      "",
      "Trimtab steers a frozen language model a little and measures honestly what changed."
    },
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  ./run experiments/tqa-sweep.yaml              run or resume a spec",
      "  ./run experiments/tqa-sweep.yaml --limit 20   a quick look: only the first 20 items",
      "  ./run plan experiments/tqa-sweep.yaml         what would run, and what it costs",
      "  ./run models                                  models by short name",
      "  ./run doctor                                  is this machine ready?",
      "",
      "Exit codes: 0 done, 1 failed, 2 bad spec or usage, 130 interrupted.",
      "Environment: TRIMTAB_CACHE, TRIMTAB_DATA, TRIMTAB_JAVA_OPTS, TRIMTAB_MLFLOW,",
      "TRIMTAB_PLUGINS, NO_COLOR."
    })
final class RootCommand implements Runnable {
  /** The output of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "Trimtab " + Release.version(), "Java " + System.getProperty("java.version"),
      };
    }
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    CommandLine command = spec.commandLine();
    command.usage(command.getErr());
    throw new ParameterException(command, "a spec or a command is missing");
  }
}
