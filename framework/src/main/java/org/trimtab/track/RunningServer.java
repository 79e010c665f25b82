package org.trimtab.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;
import org.trimtab.io.Json;

/**
 * The server named in {@code results/mlflow/server.json}.
 *
 * @param uri its address, such as http://127.0.0.1:5000
 * @param pid its process on this machine
 */
record RunningServer(
    @JsonProperty(value = "uri", required = true) URI uri,
    @JsonProperty(value = "pid", required = true) long pid) {
  /**
   * The server of these results, if its process lives and it answers. A file left behind by a
   * killed server, or one that is not JSON, is ignored. Takes 3 seconds at most.
   *
   * @param results the folder of results
   */
  static Optional<RunningServer> of(Path results) {
    return recorded(results)
        .filter(server -> ProcessHandle.of(server.pid).isPresent() && server.answers());
  }

  /** The content of the file, whether still true or not; none if it is missing or no such file. */
  static Optional<RunningServer> recorded(Path results) {
    try {
      return Optional.of(Json.MAPPER.readValue(file(results).toFile(), RunningServer.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The file that names the running server; absent if none runs. */
  static Path file(Path results) {
    return LocalMlflow.folder(results).resolve("server.json");
  }

  /** Writes the file atomically, replacing an earlier one. */
  void write(Path results) {
    try {
      AtomicFile.write(file(results), Json.line(this));
    } catch (IOException e) {
      throw new UserException(file(results) + ": cannot be written: " + e, e);
    }
  }

  /** Deletes the file, unless it names another server. */
  void remove(Path results) {
    if (!recorded(results).equals(Optional.of(this))) {
      return;
    }
    try {
      Files.deleteIfExists(file(results));
    } catch (IOException e) {
      throw new UserException(file(results) + ": cannot be deleted: " + e, e);
    }
  }

  boolean answers() {
    return MlflowServer.healthy(new ServerAddress(uri, null, false));
  }
}
