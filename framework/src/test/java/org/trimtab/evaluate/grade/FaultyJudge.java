package org.trimtab.evaluate.grade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A local chat endpoint that fails as it is told. */
public final class FaultyJudge implements AutoCloseable {
  /** What may go wrong with a request. */
  public enum Fault {
    NONE,
    /** 429 with a pause to wait. */
    TOO_MANY_REQUESTS,
    ERROR,
    /** Never answered. */
    SILENCE,
    /** Answered byte by byte, without an end. */
    SLOW,
    /** Closed without an answer. */
    DROPPED,
    /** A page instead of JSON. */
    NONSENSE,
    /** JSON that is no chat reply. */
    WRONG,
    UNAUTHORIZED,
    /** 401 with the request's own header in it, and its key with JSON's escapes. */
    ECHO,
    /** A reply without an end in sight. */
    HUGE,
    /** Thoughts in a field of their own, and no content. */
    REASONING,
    BAD_REQUEST
  }

  static {
    // Else each answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The body of every request. */
  public final List<JsonNode> requests = new CopyOnWriteArrayList<>();

  /** The authorization of every request, {@code -} for none. */
  public final List<String> authorizations = new CopyOnWriteArrayList<>();

  /** Bytes of replies without an end. */
  public final AtomicLong sent = new AtomicLong();

  private final HttpServer server;
  private final IntFunction<Fault> faults;
  private final Function<String, String> replies;
  private final AtomicInteger count = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * A server.
   *
   * @param port 0 for any
   * @param faults the fault of a request by its number, from 0
   * @param replies the judge's words for a prompt
   */
  public FaultyJudge(int port, IntFunction<Fault> faults, Function<String, String> replies) {
    this.faults = faults;
    this.replies = replies;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  /** A judge that finds everything correct. */
  public static FaultyJudge sound() {
    return new FaultyJudge(0, number -> Fault.NONE, prompt -> "A");
  }

  /** The base address. */
  public String url() {
    return "http://127.0.0.1:" + port() + "/v1";
  }

  /** Its port, for another server at the same address. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    @Nullable String key = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(body);
    authorizations.add(key == null ? "-" : key);
    Fault fault = faults.apply(count.getAndIncrement());
    try (exchange) {
      switch (fault) {
        case NONE -> send(exchange, 200, chat(replies.apply(prompt(body))));
        case TOO_MANY_REQUESTS -> {
          exchange.getResponseHeaders().add("Retry-After", "0");
          send(exchange, 429, "slow down");
        }
        case ERROR -> send(exchange, 503, "overloaded");
        case SILENCE -> await();
        case SLOW -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        }
        case DROPPED -> {
          // Closed without an answer.
        }
        case NONSENSE -> send(exchange, 200, "<html>Sign in</html>");
        case WRONG -> send(exchange, 200, "{\"choices\": []}");
        case UNAUTHORIZED -> send(exchange, 401, "{\"error\": \"no such key\"}");
        case ECHO -> send(exchange, 401, "{\"error\": \"refused: Authorization: " + key + "\"}");
        case HUGE -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] part = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 1 << 14; i++) {
            exchange.getResponseBody().write(part);
            sent.addAndGet(part.length);
          }
        }
        case REASONING ->
            send(
                exchange,
                200,
                "{\"choices\": [{\"message\": {\"content\": null, \"reasoning_content\": \"A?\"}}]}");
        case BAD_REQUEST -> send(exchange, 400, "{\"error\": \"too long\"}");
      }
    }
  }

  /** The text that a request asks about. */
  public static String prompt(JsonNode body) {
    return body.at("/messages/0/content").asText();
  }

  private static String chat(String reply) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putArray("choices")
        .addObject()
        .putObject("message")
        .put("role", "assistant")
        .put("content", reply);
    return answer.toString();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
