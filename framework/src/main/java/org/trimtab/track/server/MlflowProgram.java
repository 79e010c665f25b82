package org.trimtab.track.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.trimtab.UsageException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/** Selects the MLflow program to start. */
final class MlflowProgram {
  /** Names the {@code mlflow} program of an environment that the user has. */
  static final String VARIABLE = "TRIMTAB_MLFLOW";

  private MlflowProgram() {}

  /**
   * The program that TRIMTAB_MLFLOW names; without it the one in the cache folder, installed at
   * first use.
   *
   * @throws UsageException when TRIMTAB_MLFLOW names no program
   * @throws org.trimtab.UserException when it cannot be installed
   */
  static Path find(Map<String, String> environment, SourceSettings settings, Progress progress) {
    String named = environment.getOrDefault(VARIABLE, "").strip();
    if (named.isEmpty()) {
      return new MlflowEnvironment(settings, progress).program();
    }
    Path program = Path.of(named).toAbsolutePath();
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new UsageException(
          VARIABLE
              + " is '"
              + named
              + "', which is not a program. Name the file bin/mlflow of a Python environment, or unset"
              + " it to have MLflow installed in the cache folder.");
    }
    return program;
  }
}
