package org.trimtab.track.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.UserException;
import org.trimtab.data.source.ExclusiveLock;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/**
 * A Python environment with MLflow only, {@code mlflow/<version>} in the cache folder. A virtual
 * environment contains its own path and so cannot be renamed on completion: a file {@code complete}
 * marks it as complete, and without it the environment is created again.
 */
final class MlflowEnvironment {
  /** The version for whose UI the links are made. */
  static final String VERSION = "3.17.2";

  private static final String ADVICE =
      " If you have MLflow in another environment, name its program: TRIMTAB_MLFLOW=.../bin/mlflow";

  private final SourceSettings settings;
  private final Progress progress;
  private final Path folder;

  MlflowEnvironment(SourceSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    this.folder = settings.cache().resolve("mlflow").resolve(VERSION);
  }

  /**
   * MLflow's program, installed if missing. Waits for another process that is installing it.
   *
   * @throws UserException when it cannot be installed: no Python, no venv, no network
   */
  Path program() {
    if (!Files.exists(marker())) {
      ExclusiveLock lock = ExclusiveLock.on(folder, settings, progress);
      try {
        if (!Files.exists(marker())) {
          install();
        }
      } finally {
        lock.close();
      }
    }
    return folder.resolve("bin").resolve("mlflow");
  }

  private Path marker() {
    return folder.resolve("complete");
  }

  private void install() {
    progress.note(
        "installing MLflow " + VERSION + " in " + folder + " (850 MB, about a minute, once)");
    makeEnvironment();
    installPackages();
    try {
      Files.createFile(marker());
    } catch (IOException e) {
      throw new UserException(marker() + ": cannot be written: " + e, e);
    }
  }

  private void makeEnvironment() {
    // The first word of the command that runs pip is the user's Python.
    String python = settings.pip().get(0);
    PythonCommand command =
        PythonCommand.run(
            List.of(python, "-m", "venv", "--clear", folder.toString()),
            line -> {},
            "MLflow needs Python 3.10 or later with venv (Debian, Ubuntu: apt-get install"
                + " python3-venv); TRIMTAB_PYTHON names another Python."
                + ADVICE);
    command.check("No Python environment could be made");
  }

  private void installPackages() {
    PipProgress lines = new PipProgress("MLflow " + VERSION, progress);
    PythonCommand command =
        PythonCommand.run(
            List.of(
                folder.resolve("bin").resolve("python").toString(),
                "-m",
                "pip",
                "install",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar",
                "off",
                "mlflow==" + VERSION),
            lines::line,
            "It comes from the Python package registry by pip, with your pip configuration (index,"
                + " proxy), and needs Python 3.10 or later; the same command tries again."
                + ADVICE);
    command.check("MLflow " + VERSION + " could not be installed");
  }
}
