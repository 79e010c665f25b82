package org.trimtab.track;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local server with MLflow's interface, which fails as it is told. */
final class FaultyMlflow implements AutoCloseable {
  /** What may go wrong with a request. */
  enum Fault {
    NONE,
    /** Carried out, and then the connection breaks. */
    DROPPED_AFTER_COMMIT,
    /** Carried out, and then an error is answered. */
    ERROR_AFTER_COMMIT,
    ERROR,
    TOO_MANY_REQUESTS,
    /** Carried out, and never answered. */
    SILENCE,
    /** Answered byte by byte. */
    SLOW,
    WRONG_HOST,
    UNAUTHORIZED,
    /** Refused, with the header of the account in the answer. */
    ECHO,
    /** More than any client should read. */
    ENDLESS,
    /** Files are refused. */
    NO_SPACE
  }

  /** Chooses the fault of a request by its number, from 0, and what it asks for. */
  interface Plan {
    Fault of(int number, String request);
  }

  static {
    // Else each answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final ObjectMapper JSON = new ObjectMapper();

  final TrackedRuns runs;

  /** {@code METHOD path} of every request. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private final Plan faults;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** A server that keeps what an earlier one kept. */
  FaultyMlflow(TrackedRuns runs, int port, Plan faults) {
    this.runs = runs;
    this.faults = faults;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  static FaultyMlflow sound() {
    return new FaultyMlflow(new TrackedRuns(), 0, (number, request) -> Fault.NONE);
  }

  int port() {
    return server.getAddress().getPort();
  }

  Map<String, String> environment() {
    return Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:" + port());
  }

  /** Requests that change something, other than searches and questions. */
  List<String> writes() {
    return requests.stream()
        .filter(request -> !request.startsWith("GET") && !request.endsWith("runs/search"))
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    requests.add(request);
    byte[] body = exchange.getRequestBody().readAllBytes();
    Fault fault = faults.of(requests.size() - 1, request);
    try (exchange) {
      switch (fault) {
        case ERROR -> send(exchange, 500, "{\"error_code\": \"INTERNAL_ERROR\"}");
        case TOO_MANY_REQUESTS -> send(exchange, 429, "slow down");
        case UNAUTHORIZED -> send(exchange, 401, "You are not authenticated.");
        case ECHO ->
            send(
                exchange,
                400,
                "x".repeat(290) + exchange.getRequestHeaders().getFirst("Authorization"));
        case ENDLESS -> endlessly(exchange);
        case WRONG_HOST ->
            send(exchange, 403, "Invalid Host header - possible DNS rebinding attack detected");
        default -> commit(exchange, path, body, fault);
      }
    }
  }

  private void commit(HttpExchange exchange, String path, byte[] body, Fault fault)
      throws IOException {
    int status = 200;
    String answer;
    try {
      answer = answer(exchange, path, body, fault);
    } catch (TrackedRuns.Refusal e) {
      status = e.status;
      answer = JSON.createObjectNode().put("message", e.getMessage()).toString();
    }
    switch (fault) {
      case DROPPED_AFTER_COMMIT -> {
        // Closed without an answer.
      }
      case ERROR_AFTER_COMMIT -> send(exchange, 503, "the proxy lost patience");
      case SILENCE -> await();
      case SLOW -> slowly(exchange, answer);
      default -> send(exchange, status, answer);
    }
  }

  private String answer(HttpExchange exchange, String path, byte[] body, Fault fault)
      throws IOException, TrackedRuns.Refusal {
    if (path.equals("/health")) {
      return "OK";
    }
    if (path.startsWith(FILES)) {
      if (fault == Fault.NO_SPACE) {
        throw new TrackedRuns.Refusal(413, "too large");
      }
      String[] parts = path.substring(FILES.length()).split("/", 4);
      TrackedRuns.Run run = runs.runs.get(parts[1]);
      if (run != null) {
        run.files.put(parts[3], body);
      }
      return "{}";
    }
    String method = path.substring(API.length());
    if (method.equals("experiments/get-by-name")) {
      String query = exchange.getRequestURI().getRawQuery();
      String name =
          URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8);
      ObjectNode experiment = runs.experiment(name);
      if (experiment == null) {
        throw new TrackedRuns.Refusal(404, "RESOURCE_DOES_NOT_EXIST");
      }
      return JSON.createObjectNode().set("experiment", experiment).toString();
    }
    return runs.answer(method, JSON.readTree(body)).toString();
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void slowly(HttpExchange exchange, String answer) throws IOException {
    exchange.sendResponseHeaders(200, answer.length() + 1000L);
    exchange.getResponseBody().write('{');
    exchange.getResponseBody().flush();
    await();
  }

  private static void endlessly(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 500; i++) {
      exchange.getResponseBody().write(block);
    }
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
