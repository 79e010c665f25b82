package org.trimtab.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.trimtab.Plugins;
import org.trimtab.UserException;
import org.trimtab.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The tree of commands. */
final class Program {
  private Program() {}

  /**
   * Runs one command.
   *
   * @return 0 done, 1 failed, 2 bad spec or usage, 130 interrupted
   */
  static int run(Host host, String... arguments) {
    Failures failures = new Failures(host);
    try {
      CommandLine commands = commands(host, failures);
      return commands.execute(DefaultCommand.insert(arguments, commands.getSubcommands().keySet()));
    } catch (Throwable e) {
      return failures.unexpected(e);
    }
  }

  private static CommandLine commands(Host host, Failures failures) {
    CommandLine commands =
        new CommandLine(new RootCommand())
            .addSubcommand(new RunCommand(host))
            .addSubcommand(new PlanCommand(host))
            .addSubcommand(new CheckCommand(host))
            .addSubcommand(new CellCommand(host))
            .addSubcommand(new ReproduceCommand(host))
            .addSubcommand(new ReportCommand(host))
            .addSubcommand(new VerifyCommand(host))
            .addSubcommand(new ExportCommand(host))
            .addSubcommand(new ReadCommand(host))
            .addSubcommand(new SayCommand(host))
            .addSubcommand(new GradeCommand(host))
            .addSubcommand(new SyncCommand(host))
            .addSubcommand(new ModelsCommand(host))
            .addSubcommand(new MlflowCommand(host))
            .addSubcommand(new DoctorCommand(host))
            .addSubcommand(new WorldCommand(host))
            .addSubcommand(
                new CommandLine(new SelftestCommand(host)).addSubcommand(new MethodsCommand(host)));
    layOut(commands);
    return commands
        .setOut(writer(host.out()))
        .setErr(writer(host.err()))
        .setColorScheme(
            Help.defaultColorScheme(host.out().colours() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setUsageHelpWidth(Math.min(Math.max(host.out().columns(), 80), 120))
        .setParameterExceptionHandler((e, given) -> failures.usage(e))
        .setExecutionExceptionHandler((e, command, result) -> failures.report(e))
        .setExecutionStrategy(given -> execute(host, failures, given));
  }

  /** Runs a command with the available plug-ins; help needs none. */
  private static int execute(Host host, Failures failures, ParseResult given) {
    @Nullable Integer helped = CommandLine.executeHelpRequest(given);
    if (helped != null) {
      return helped;
    }
    try {
      Plugins.use(host.plugins());
    } catch (UserException e) {
      return failures.report(e);
    }
    return new RunLast().execute(given);
  }

  /** The same help option and headings for every command. */
  private static void layOut(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .type(boolean.class)
              .usageHelp(true)
              .description("show this help")
              .build());
    }
    spec.usageMessage()
        .synopsisHeading(command.getParent() == null ? "Usage: " : "%nUsage: ")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n");
    command.getSubcommands().values().forEach(Program::layOut);
  }

  private static PrintWriter writer(Terminal terminal) {
    return new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
  }
}
