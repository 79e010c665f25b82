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
 * Requests that must be made exactly once or that MLflow's client does not support: it starts
 * Python to upload a file, and tries three times after an error, which could create a run three
 * times. Thread-safe.
 */
final class HttpCalls {
  private static final Duration HEALTH = Duration.ofSeconds(2);

  private final ServerAddress server;
  private final Duration deadline;
  private final HttpClient client;

  /**
   * @param deadline the time for one request, including its upload
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

  /** Whether a server reports at once that it is ready. */
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

  /** Posts JSON and returns the JSON answer. */
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
   * @param path unencoded; it is percent-encoded here
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
    // The request's own time-out ends with the response headers; this one also covers the body.
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
