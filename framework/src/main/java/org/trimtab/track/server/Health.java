package org.trimtab.track.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks an MLflow server whether it is ready. */
final class Health {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private Health() {}

  /** Whether the server reports within 3 seconds that it is ready. */
  static boolean answers(URI server) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/health")).timeout(DEADLINE).build();
    try {
      HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
