package org.trimtab.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns errors into messages for people and exit codes. */
final class Failures {
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int INTERRUPTED = 130;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Host host;

  Failures(Host host) {
    this.host = host;
  }

  /** Wrong arguments. */
  int usage(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    host.tell(host.err().red(problem(e)));
    host.tell("'" + name + " --help' shows what there is, with examples.");
    return USAGE;
  }

  private static String problem(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched) || unmatched.isUnknownOption()) {
      return String.valueOf(e.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    CommandLine command = e.getCommandLine();
    if (command.getSubcommands().isEmpty()) {
      return "'" + first + "' is one argument too many";
    }
    List<String> similar = unmatched.getSuggestions();
    String known = String.join(", ", command.getSubcommands().keySet());
    boolean root = command.getParent() == null;
    return "'%s' is not a command%s".formatted(first, root ? " or a spec (a .yaml file)" : "")
        + (similar.isEmpty()
            ? "; commands are " + known
            : "; did you mean '" + String.join("' or '", similar) + "'?");
  }

  /** An exception of a command. */
  int report(Exception e) {
    if (e instanceof UserException user) {
      host.tell(host.err().red(String.valueOf(user.getMessage())));
      return user instanceof UsageException ? USAGE : FAILED;
    }
    return unexpected(e);
  }

  /** An unexpected exception: one line, and the stack trace in a file. */
  int unexpected(Throwable e) {
    String advice =
        e instanceof OutOfMemoryError
            ? "Java ran out of memory: set TRIMTAB_JAVA_OPTS=-Xmx2g or more. "
            : "";
    host.tell(host.err().red("unexpected error: " + e) + "\n" + advice + kept(e));
    return FAILED;
  }

  private String kept(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    String name =
        "error-%s-%d.txt"
            .formatted(
                LocalDateTime.now(ZoneId.systemDefault()).format(STAMP),
                ProcessHandle.current().pid());
    try {
      Path folder = Files.createDirectories(host.sources().cache().resolve("errors"));
      Path file = folder.resolve(name);
      Files.writeString(file, Secrets.redact(trace.toString()));
      return "This is a fault of the program. The stack trace is in " + file;
    } catch (IOException | UserException unwritable) {
      return "This is a fault of the program (no file could be written: %s)\n%s"
          .formatted(unwritable, trace);
    }
  }
}
