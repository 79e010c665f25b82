package org.trimtab.track;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trimtab.UsageException;

/**
 * The address of an MLflow server and the account to use. The variables are those of MLflow's own
 * clients.
 *
 * @param uri http or https, without a trailing slash; a path is kept
 * @param username with a password: basic authentication; null for none
 * @param token a bearer token, used without a user; null for none
 * @param insecureTls whether any certificate is accepted
 */
record ServerAddress(
    URI uri,
    @Nullable String username,
    @Nullable String password,
    @Nullable String token,
    boolean insecureTls) {
  /**
   * The server that MLFLOW_TRACKING_URI names, otherwise the one that {@code ./run mlflow} started
   * for this results folder, if it answers.
   *
   * @param results the folder of all results
   * @throws UsageException when the variable names no server
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
    if (!uri.matches("https?://[^/?#@]+(/[^?#@]*)?")) {
      throw new UsageException(
          "MLFLOW_TRACKING_URI is '"
              + uri.replaceAll("//[^/]*@", "//...@")
              + "', which is not a server: write http://HOST:PORT or https://HOST (user and password belong in MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD), or unset it"
              + " and start a server with ./run mlflow.");
    }
    try {
      return new ServerAddress(
          URI.create(uri.replaceAll("/+$", "")),
          environment.get("MLFLOW_TRACKING_USERNAME"),
          environment.get("MLFLOW_TRACKING_PASSWORD"),
          environment.get("MLFLOW_TRACKING_TOKEN"),
          "true".equalsIgnoreCase(environment.get("MLFLOW_TRACKING_INSECURE_TLS")));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "MLFLOW_TRACKING_URI is '" + uri + "', which is not an address (" + e.getMessage() + ").",
          e);
    }
  }

  /** The Authorization header, if there is an account. */
  Optional<String> authorization() {
    if (username != null && password != null) {
      byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return token == null ? Optional.empty() : Optional.of("Bearer " + token);
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
