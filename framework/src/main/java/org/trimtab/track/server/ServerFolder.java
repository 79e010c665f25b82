package org.trimtab.track.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.UserException;

/**
 * The folder {@code mlflow} in a results folder: database and artifacts of the server, its log, and
 * {@code server.json} while it runs.
 *
 * @param path the folder
 */
record ServerFolder(Path path) {
  private static final int TAIL = 20;

  /** The folder of these results, which may not exist yet. */
  static ServerFolder in(Path results) {
    return new ServerFolder(results.resolve("mlflow").toAbsolutePath().normalize());
  }

  /** The file that names the running server; absent if none runs. */
  Path record() {
    return path.resolve("server.json");
  }

  /** The output of the latest server. */
  Path log() {
    return path.resolve("server.log");
  }

  /**
   * Makes the folder.
   *
   * @throws UserException when it cannot be made
   */
  void create() {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UserException(
          path + ": cannot be made: " + e + ". --results names another folder of results.", e);
    }
  }

  /** The last lines of the log, indented, or a note that there are none. */
  String logTail() {
    try {
      // Not every byte of a log is UTF-8; Latin-1 reads any.
      List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
      List<String> last = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
      return last.isEmpty()
          ? log() + " is empty."
          : "The end of " + log() + ":\n  " + String.join("\n  ", last);
    } catch (IOException e) {
      return log() + " cannot be read.";
    }
  }
}
