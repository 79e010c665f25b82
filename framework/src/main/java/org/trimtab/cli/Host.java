package org.trimtab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.trimtab.UsageException;
import org.trimtab.cli.terminal.Terminal;
import org.trimtab.cli.terminal.TransferLine;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.CacheFolder;
import org.trimtab.io.Secrets;
import org.trimtab.run.session.Session;

/**
 * The environment of a command.
 *
 * @param out for results
 * @param err for progress and errors
 * @param environment environment variables
 * @param home the user's home folder
 * @param project the project's root folder, with results/, data/ and experiments/
 */
record Host(Terminal out, Terminal err, Map<String, String> environment, Path home, Path project) {
  /** The launcher sets this to the project's folder; the default is the working folder. */
  static final String PROJECT = "trimtab.project";

  /** The host of this process. */
  static Host ofProcess() {
    return new Host(
        Terminal.standardOutput(),
        Terminal.standardError(),
        System.getenv(),
        CacheFolder.home(),
        Path.of(System.getProperty(PROJECT, "")).toAbsolutePath());
  }

  /** The sources of models and data. */
  SourceSettings sources() {
    return SourceSettings.of(environment, home);
  }

  /** Prints a result. */
  void print(String text) {
    String shown = Secrets.redact(text);
    out.out().print(shown.endsWith("\n") ? shown : shown + "\n");
    out.out().flush();
  }

  /** Prints a line to standard error. */
  void tell(String text) {
    err.out().print(Secrets.redact(text) + "\n");
    err.out().flush();
  }

  /** Prepares a spec; downloads show a line of progress. */
  Session open(Session.Request request) {
    return Session.open(request, sources(), project, new TransferLine(err));
  }

  /**
   * The folder of plug-ins: TRIMTAB_PLUGINS, else plugins/ in the project, which may be missing.
   *
   * @throws UsageException when TRIMTAB_PLUGINS does not name a folder
   */
  Path plugins() {
    String named = environment.getOrDefault("TRIMTAB_PLUGINS", "").strip();
    if (named.isEmpty()) {
      return project.resolve("plugins");
    }
    if (!Files.isDirectory(Path.of(named))) {
      throw new UsageException(
          "TRIMTAB_PLUGINS is '%s', which is not a folder; make it, or unset the variable"
              .formatted(named));
    }
    return Path.of(named);
  }

  /** The folder of all results. */
  Path results() {
    return project.resolve("results");
  }

  /** The folder that a user means: a path, or a name in the folder of all results. */
  Path results(Path named) {
    return Files.exists(named) ? named : results().resolve(named);
  }
}
