package org.trimtab.track;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;
import org.trimtab.io.Secrets;

/**
 * The address of an MLflow server and the account to use. The variables are those of MLflow's own
 * clients.
 *
 * @param uri http or https, without a trailing slash; a path is kept
 * @param authorization the header of that name; null for none
 * @param insecureTls whether any certificate is accepted
 */
record ServerAddress(URI uri, @Nullable String authorization, boolean insecureTls) {
  /**
   * The server that MLFLOW_TRACKING_URI names, otherwise the one that {@code ./run mlflow} started
   * for this results folder, if it answers.
   *
   * @param results the folder of all results
   * @throws UsageException when the variable names no server, or an account cannot be sent
   */
  static Optional<ServerAddress> find(Map<String, String> environment, Path results) {
    String named = environment.getOrDefault("MLFLOW_TRACKING_URI", "").strip();
    return named.isEmpty()
        ? RunningServer.recorded(results)
            .map(server -> of(server.uri().toString(), environment))
            .filter(MlflowServer::healthy)
        : Optional.of(of(named, environment));
  }

  private static ServerAddress of(String uri, Map<String, String> environment) {
    Secrets.refuseUserInfo(
        "MLFLOW_TRACKING_URI",
        uri,
        "write http://HOST:PORT or https://HOST, and set MLFLOW_TRACKING_USERNAME and"
            + " MLFLOW_TRACKING_PASSWORD.");
    if (!uri.matches("https?://[^/?#@]+(/[^?#@]*)?")) {
      throw new UsageException(
          ("MLFLOW_TRACKING_URI is '%s', which is not a server: write http://HOST:PORT or"
                  + " https://HOST, or unset it and start a server with ./run mlflow.")
              .formatted(uri.replaceAll("[?#].*", "?...")));
    }
    try {
      return new ServerAddress(
          URI.create(uri.replaceAll("/+$", "")),
          authorization(environment),
          "true".equalsIgnoreCase(environment.get("MLFLOW_TRACKING_INSECURE_TLS")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "MLFLOW_TRACKING_URI is '" + uri + "', which is not an address (" + e.getMessage() + ").",
          e);
    }
  }

  private static @Nullable String authorization(Map<String, String> environment) {
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    return user != null && password != null
        ? "Basic " + Secrets.basic("MLFLOW_TRACKING_PASSWORD", user, password)
        : Secrets.read(environment, "MLFLOW_TRACKING_TOKEN")
            .map(token -> "Bearer " + token)
            .orElse(null);
  }

  /** Whether the server shares this machine's files. */
  boolean isLocal() {
    String host = String.valueOf(uri.getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /** The address alone, so that no password gets into a message. */
  @Override
  public String toString() {
    return uri.toString();
  }
}
