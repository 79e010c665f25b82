package org.trimtab.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --results}. */
final class ResultsOption {
  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "the folder of results (default: results/ in the project)")
  private @Nullable Path results;

  /** The folder of all results. */
  Path of(Host host) {
    return results == null ? host.results() : results;
  }
}
