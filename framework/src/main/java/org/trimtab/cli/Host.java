package org.trimtab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.trimtab.UsageException;
import org.trimtab.cli.terminal.Terminal;
import org.trimtab.data.source.SourceSettings;

/**
 * What a command has around it.
 *
 * @param out where results go
 * @param err where progress and errors go
 * @param environment environment variables
 * @param home the user's home folder
 * @param project the project's root folder: results/, data/ and experiments/ are in it
 */
record Host(Terminal out, Terminal err, Map<String, String> environment, Path home, Path project) {
  /** The launcher names the project's folder; without it the working folder is meant. */
  static final String PROJECT = "trimtab.project";

  /** The host of this process. */
  static Host ofProcess() {
    return new Host(
        Terminal.standardOutput(),
        Terminal.standardError(),
        System.getenv(),
        SourceSettings.home(),
        Path.of(System.getProperty(PROJECT, "")).toAbsolutePath());
  }

  /** Where models and data are looked for and kept. */
  SourceSettings sources() {
    return SourceSettings.of(environment, home);
  }

  /** Prints a result. */
  void print(String text) {
    out.out().print(text.endsWith("\n") ? text : text + "\n");
    out.out().flush();
  }

  /** Prints a line for people beside the results. */
  void tell(String text) {
    err.out().print(text + "\n");
    err.out().flush();
  }

  /**
   * The folder of plug-ins: TRIMTAB_PLUGINS, else plugins/ in the project, which may be missing.
   *
   * @throws UsageException when TRIMTAB_PLUGINS names no folder
   */
  Path plugins() {
    String named = environment.getOrDefault("TRIMTAB_PLUGINS", "").strip();
    if (named.isEmpty()) {
      return project.resolve("plugins");
    }
    if (!Files.isDirectory(Path.of(named))) {
      throw new UsageException(
          "TRIMTAB_PLUGINS is '"
              + named
              + "', which is not a folder; make it, or unset the variable");
    }
    return Path.of(named);
  }

  /** The folder of all results. */
  Path results() {
    return project.resolve("results");
  }

  /** What a user names: a folder, or the name of one in the folder of all results. */
  Path results(Path named) {
    return Files.exists(named) ? named : results().resolve(named);
  }
}
