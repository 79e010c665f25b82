package org.trimtab.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.trimtab.cli.terminal.Terminal;

/**
 * Runs commands in this process, through the program's own entry.
 *
 * @param folder the project's folder and the user's home
 * @param environment environment variables, instead of this process's
 */
public record InProcess(Path folder, Map<String, String> environment) {
  /** What a command left. */
  public record Ended(int exitCode, String out, String err) {}

  /** Runs a command to its end. */
  public Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host = new Host(terminal(out), terminal(err), environment, folder, folder);
    int exitCode = Program.run(host, arguments);
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Terminal terminal(ByteArrayOutputStream bytes) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, false, 100);
  }
}
