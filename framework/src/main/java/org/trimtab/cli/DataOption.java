package org.trimtab.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data}. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "a folder of data sets, searched first")
  private @Nullable Path data;

  /** The folder, if one is named. */
  Optional<Path> folder() {
    return Optional.ofNullable(data);
  }
}
