package org.trimtab.track.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests that must be made exactly once, or that MLflow's client has no way for: it starts Python
 * to upload a file, and asks three times after an error, which would create a run thrice.
 * Thread-safe.
 */
final class HttpCalls {
  private static final Duration HEALTH = Duration.ofSeconds(2);

  private final ServerAddress server;
  private final Duration deadline;
  private final HttpClient client;

  /**
   * Requests to a server.
   *
   * @param deadline the time for one request, its upload included
   */
  HttpCalls(ServerAddress server, Duration deadline) {
    this.server = server;
    this.deadline = deadline;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(deadline);
    if (server.insecureTls()) {
      builder.sslContext(AnyCertificate.context());
    }
    this.client = builder.build();
  }

  /** Whether a server answers at once that it is ready. */
  static boolean healthy(ServerAddress server) {
    HttpCalls calls = new HttpCalls(server, HEALTH);
    try {
      calls.send("a question whether it is ready", calls.request("/health").GET());
      return true;
    } catch (ServerFault e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Posts JSON and returns the answer's. */
  String post(String what, String path, String json) throws ServerFault, InterruptedException {
    return send(
        what,
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Puts a file; repeating it does no harm. */
  void put(String what, String path, byte[] content) throws ServerFault, InterruptedException {
    send(what, request(path).PUT(BodyPublishers.ofByteArray(content)));
  }

  /**
   * A request to a path of the server.
   *
   * @param path as people write it; what an address may not hold is encoded here
   */
  private HttpRequest.Builder request(String path) {
    try {
      String encoded = new URI(null, null, path, null).getRawPath();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.uri() + encoded))
              .header("User-Agent", "trimtab");
      server.authorization().ifPresent(value -> request.header("Authorization", value));
      return request;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a path: " + path, e);
    }
  }

  private String send(String what, HttpRequest.Builder request)
      throws ServerFault, InterruptedException {
    // The request's own time-out ends with the answer's headers; this one holds for the body too.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() >= 300) {
        throw ServerFault.answered(server.uri(), what, response.statusCode(), response.body());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw ServerFault.unanswered(server.uri(), deadline, e);
    } catch (ExecutionException e) {
      throw ServerFault.unanswered(server.uri(), e);
    } finally {
      answer.cancel(true);
    }
  }
}
