package org.trimtab.evaluate.grade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.trimtab.evaluate.grade.JudgeFault.Reach;
import org.trimtab.io.BoundedBody;
import org.trimtab.io.Secrets;

/** One request to an OpenAI-compatible chat endpoint, with a deadline. Thread-safe. */
final class ChatEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);
  private static final Set<Integer> WHOLE_ENDPOINT = Set.of(401, 402, 403, 404, 405);
  private static final int LONGEST_ANSWER = 300;
  private static final int LARGEST_REPLY = 1 << 20;

  private final URI address;
  private final JudgeSettings settings;
  private final @Nullable String key;
  private final Duration deadline;
  private final HttpClient client;

  /**
   * An endpoint.
   *
   * @param url the base address
   * @param key sent as a bearer token; null for none
   */
  ChatEndpoint(String url, JudgeSettings settings, @Nullable String key) {
    this.address = URI.create(url.replaceAll("/+$", "") + "/chat/completions");
    this.settings = settings;
    this.key = key;
    this.deadline = Duration.ofMillis(Math.round(1000 * settings.calls().deadline()));
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(deadline)
            .build();
  }

  /** The request for a prompt: everything that a reply depends on. */
  String request(String prompt) {
    ObjectNode body = JSON.createObjectNode().put("model", settings.model());
    body.putArray("messages").addObject().put("role", "user").put("content", prompt);
    Double temperature = settings.temperature();
    if (temperature != null) {
      body.put("temperature", temperature);
    }
    Integer maxTokens = settings.maxTokens();
    if (maxTokens != null) {
      body.put("max_tokens", maxTokens);
    }
    Integer maxCompletionTokens = settings.maxCompletionTokens();
    if (maxCompletionTokens != null) {
      body.put("max_completion_tokens", maxCompletionTokens);
    }
    return body.toString();
  }

  /** Sends a request and returns the reply's text. */
  String reply(String request) throws JudgeFault, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("User-Agent", "trimtab")
            .POST(BodyPublishers.ofString(request));
    if (key != null) {
      post.header("Authorization", "Bearer " + key);
    }
    // The request's own time-out ends with the response headers; this one also covers the body.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(post.build(), BoundedBody.upTo(LARGEST_REPLY));
    try {
      HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw refusal(response);
      }
      return content(response.body());
    } catch (TimeoutException e) {
      String time = "not within " + deadline.toMillis() / 1000.0 + " s";
      throw new JudgeFault(Reach.PASSING, address + " does not answer (" + time + ")", null, e);
    } catch (ExecutionException e) {
      throw new JudgeFault(
          Reach.PASSING, address + " does not answer (" + innermost(e) + ")", null, e);
    } finally {
      answer.cancel(true);
    }
  }

  private String content(String body) throws JudgeFault {
    try {
      JsonNode message = JSON.readTree(body).at("/choices/0/message");
      JsonNode text = message.path("content");
      boolean thoughts =
          message.path("reasoning_content").isTextual() || message.path("reasoning").isTextual();
      if (thoughts && text.asText("").isBlank()) {
        return "<think>"; // the server keeps thoughts apart, and there is nothing but them
      } else if (text.isTextual()) {
        return Secrets.redact(text.textValue());
      }
      throw nonsense(body, null);
    } catch (JsonProcessingException e) {
      throw nonsense(body, e);
    }
  }

  private JudgeFault nonsense(String body, @Nullable Exception cause) {
    return new JudgeFault(
        Reach.PASSING, address + " answers '" + shortened(body) + "', no chat reply", null, cause);
  }

  private JudgeFault refusal(HttpResponse<String> response) {
    int status = response.statusCode();
    Reach reach =
        PASSING.contains(status) || status >= 500
            ? Reach.PASSING
            : WHOLE_ENDPOINT.contains(status) ? Reach.ENDPOINT : Reach.REQUEST;
    @Nullable Duration pause =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("\\d{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(null);
    String text =
        address + " answers '" + (status + " " + shortened(response.body())).strip() + "'";
    return new JudgeFault(reach, text + advice(status), pause, null);
  }

  private String advice(int status) {
    if (status == 401 || status == 403) {
      return settings.key() == null
          ? ": name the environment variable that holds its key in 'key'"
          : ": check the key in the environment variable " + settings.key();
    }
    return status == 404 || status == 405
        ? ": check 'url', which is to end before /chat/completions, and 'model'"
        : "";
  }

  private static String shortened(String body) {
    String text = Secrets.redact(body).strip().replaceAll("\\s+", " ");
    return text.length() > LONGEST_ANSWER ? text.substring(0, LONGEST_ANSWER) + "..." : text;
  }

  /** The innermost network error says what is wrong. */
  private static String innermost(ExecutionException failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof IOException)) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    return message == null ? reason.getClass().getSimpleName() : Secrets.redact(message);
  }
}
