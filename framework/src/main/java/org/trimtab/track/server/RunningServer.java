package org.trimtab.track.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.UserException;
import org.trimtab.io.AtomicFile;

/**
 * The server named in {@code results/mlflow/server.json}.
 *
 * @param uri its address, such as http://127.0.0.1:5000
 * @param pid its process on this machine
 */
public record RunningServer(
    @JsonProperty(value = "uri", required = true) URI uri,
    @JsonProperty(value = "pid", required = true) long pid) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The server of these results, if its process lives and it answers. A file left behind by a
   * killed server, or one that is not JSON, is ignored. Takes 3 seconds at most.
   *
   * @param results the folder of results
   */
  public static Optional<RunningServer> of(Path results) {
    return recorded(ServerFolder.in(results)).filter(RunningServer::answers);
  }

  /** The content of the file, whether still true or not. */
  static Optional<RunningServer> recorded(ServerFolder folder) {
    try {
      return Optional.of(JSON.readValue(folder.record().toFile(), RunningServer.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes the file atomically, replacing an earlier one. */
  void write(ServerFolder folder) {
    try {
      AtomicFile.write(folder.record(), JSON.writeValueAsBytes(this));
    } catch (IOException e) {
      throw new UserException(folder.record() + ": cannot be written: " + e, e);
    }
  }

  /** Deletes the file, unless it names another server. */
  void remove(ServerFolder folder) {
    if (!recorded(folder).equals(Optional.of(this))) {
      return;
    }
    try {
      Files.deleteIfExists(folder.record());
    } catch (IOException e) {
      throw new UserException(folder.record() + ": cannot be deleted: " + e, e);
    }
  }

  private boolean answers() {
    return ProcessHandle.of(pid).isPresent() && Health.answers(uri);
  }
}
