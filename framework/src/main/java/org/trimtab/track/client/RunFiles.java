package org.trimtab.track.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stores a run's files. A server that serves artifacts (the default) accepts them by PUT; one that
 * does not ({@code --no-serve-artifacts}) names a folder, to which we can write on the same
 * machine.
 */
final class RunFiles {
  private static final String SERVED = "/api/2.0/mlflow-artifacts/artifacts";

  private final ServerAddress server;
  private final HttpCalls calls;

  RunFiles(ServerAddress server, HttpCalls calls) {
    this.server = server;
    this.calls = calls;
  }

  /**
   * Stores a file, replacing an existing one.
   *
   * @param root the run's artifact_uri
   * @param path under it, with slashes
   */
  void store(String root, String path, byte[] content) throws ServerFault, InterruptedException {
    URI uri;
    try {
      uri = URI.create(root);
    } catch (IllegalArgumentException e) {
      throw refused(root);
    }
    String scheme = uri.getScheme() == null ? "file" : uri.getScheme();
    if (scheme.equals("mlflow-artifacts")) {
      calls.put("the upload of " + path, SERVED + uri.getPath() + "/" + path, content);
    } else if (scheme.equals("file") && server.isLocal() && uri.getPath().startsWith("/")) {
      copy(Path.of(uri.getPath()).resolve(path), content);
    } else {
      throw refused(root);
    }
  }

  private void copy(Path file, byte[] content) throws ServerFault {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw ServerFault.of(
          ServerFault.Reach.REQUEST,
          "cannot write " + file + ", where the MLflow server keeps files (" + e + ")");
    }
  }

  private ServerFault refused(String root) {
    return ServerFault.of(
        ServerFault.Reach.REQUEST,
        "files cannot be sent to the MLflow server "
            + server
            + ", which keeps them in "
            + root
            + " and does not accept them itself: start it with --serve-artifacts and"
            + " --artifacts-destination. Settings and metrics were sent.");
  }
}
