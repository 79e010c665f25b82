package org.trimtab.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.PythonCommand;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.FolderLock;

/**
 * Selects the MLflow program to start: the user's, or one in a Python environment with MLflow only,
 * {@code mlflow/<version>} in the cache folder. A virtual environment contains its own path and so
 * cannot be renamed on completion: a file {@code complete} marks it as complete, and without it the
 * environment is created again.
 */
final class MlflowProgram {
  /** Names the {@code mlflow} program of an environment that the user has. */
  static final String VARIABLE = "TRIMTAB_MLFLOW";

  /** The version for whose UI the links are made. */
  static final String VERSION = "3.17.2";

  private static final String ADVICE =
      " If you have MLflow in another environment, name its program: TRIMTAB_MLFLOW=.../bin/mlflow";

  private static final Pattern DOWNLOAD =
      Pattern.compile("(?:Downloading|Using cached) .*\\(([0-9.]+) (bytes|kB|MB|GB)\\)");

  private static final Map<String, Double> UNITS =
      Map.of("bytes", 1.0, "kB", 1e3, "MB", 1e6, "GB", 1e9);

  private MlflowProgram() {}

  /**
   * The program that TRIMTAB_MLFLOW names; without it the one in the cache folder, installed at
   * first use. Waits for another process that is installing it.
   *
   * @throws UsageException when TRIMTAB_MLFLOW names no program
   * @throws UserException when it cannot be installed: no Python, no venv, no network
   */
  static Path find(Map<String, String> environment, SourceSettings settings, Progress progress) {
    String named = environment.getOrDefault(VARIABLE, "").strip();
    if (named.isEmpty()) {
      Path folder = settings.cache().resolve("mlflow").resolve(VERSION);
      Path marker = folder.resolve("complete");
      if (!Files.exists(marker)) {
        FolderLock lock = FolderLock.on(folder, settings.cache(), progress::note);
        try {
          if (!Files.exists(marker)) {
            install(folder, settings, progress);
            Files.createFile(marker);
          }
        } catch (IOException e) {
          throw new UserException(marker + ": cannot be written: " + e, e);
        } finally {
          lock.close();
        }
      }
      return folder.resolve("bin").resolve("mlflow");
    }
    Path program = Path.of(named).toAbsolutePath();
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new UsageException(
          ("%s is '%s', which is not a program. Name the file bin/mlflow of a Python"
                  + " environment, or unset it to have MLflow installed in the cache folder.")
              .formatted(VARIABLE, named));
    }
    return program;
  }

  private static void install(Path folder, SourceSettings settings, Progress progress) {
    progress.note(
        "installing MLflow " + VERSION + " in " + folder + " (850 MB, about a minute, once)");
    // The first word of the command that runs pip is the user's Python.
    String python = settings.pip().get(0);
    run(
        List.of(python, "-m", "venv", "--clear", folder.toString()),
        line -> {},
        "No Python environment could be made",
        "MLflow needs Python 3.10 or later with venv (Debian, Ubuntu: apt-get install"
            + " python3-venv); TRIMTAB_PYTHON names another Python."
            + ADVICE);
    AtomicLong bytes = new AtomicLong();
    run(
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
        line -> show(line, bytes, progress),
        "MLflow " + VERSION + " could not be installed",
        "It comes from the Python package registry by pip, with your pip configuration (index,"
            + " proxy), and needs Python 3.10 or later; the same command tries again."
            + ADVICE);
  }

  private static void run(
      List<String> command, Consumer<String> listener, String failure, String advice) {
    PythonCommand done = PythonCommand.run(command, Map.of("PIP_RETRIES", "1"), listener, advice);
    if (done.status() != 0) {
      throw new UserException(
          "%s (status %d): %s\n%s".formatted(failure, done.status(), done.complaint(), advice));
    }
  }

  /** Turns a line that pip prints into progress: bytes of the downloads begun. */
  private static void show(String line, AtomicLong bytes, Progress progress) {
    Matcher file = DOWNLOAD.matcher(line);
    if (file.matches()) {
      double size = Double.parseDouble(file.group(1)) * UNITS.getOrDefault(file.group(2), 1.0);
      progress.advance(
          "MLflow " + VERSION, bytes.addAndGet(Math.round(size)), OptionalLong.empty());
    } else if (line.startsWith("Installing collected packages:")) {
      int packages = line.substring(line.indexOf(':') + 1).split(",").length;
      progress.note("unpacking " + packages + " packages");
    }
  }
}
