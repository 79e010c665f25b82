package org.trimtab.data.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A local web server that misbehaves as it is told, one answer after the other. */
public final class FaultyServer implements AutoCloseable {
  /** Answers one request. */
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ConcurrentHashMap<String, CopyOnWriteArrayList<Answer>> answers =
      new ConcurrentHashMap<>();

  /**
   * {@code path range authorization} of every request, {@code -} for a header that is not there.
   */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  public FaultyServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Plans the answers to a path (with its query); the last one is given for ever. */
  public void plan(String path, Answer... planned) {
    answers.put(path, new CopyOnWriteArrayList<>(planned));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    requests.add(path + " " + header(exchange, "Range") + " " + header(exchange, "Authorization"));
    List<Answer> planned = answers.getOrDefault(path, new CopyOnWriteArrayList<>());
    Answer answer = planned.isEmpty() ? status(404) : planned.get(0);
    if (planned.size() > 1) {
      planned.remove(0);
    }
    try (exchange) {
      answer.to(exchange);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    @Nullable String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "-" : value;
  }

  /** The content, in part if the client asks for a part. */
  public static Answer content(byte[] content) {
    return exchange -> send(exchange, content, content.length, true);
  }

  public static Answer content(String text) {
    return content(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole content, whatever part the client asks for. */
  public static Answer wholeContent(byte[] content) {
    return exchange -> send(exchange, content, content.length, false);
  }

  /** Promises the rest of the content and hangs up before {@code end}. */
  public static Answer dropsAt(byte[] content, int end) {
    return exchange -> send(exchange, content, end, true);
  }

  /** Sends the beginning, then nothing more until the client gives up. */
  public static Answer stallsAt(byte[] content, int end) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, end);
      exchange.getResponseBody().flush();
      pause(3000);
    };
  }

  /** Sends the content in ten pieces with pauses. */
  public static Answer slow(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      int piece = content.length / 10;
      for (int i = 0; i < 10; i++) {
        int end = i == 9 ? content.length : (i + 1) * piece;
        exchange.getResponseBody().write(content, i * piece, end - i * piece);
        exchange.getResponseBody().flush();
        pause(60);
      }
    };
  }

  public static Answer status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static void send(HttpExchange exchange, byte[] content, int end, boolean ranges)
      throws IOException {
    String range = header(exchange, "Range");
    int from = 0;
    int status = 200;
    if (ranges && range.startsWith("bytes=")) {
      from = Integer.parseInt(range.substring(6, range.length() - 1));
      status = 206;
      if (from >= content.length) {
        exchange.getResponseHeaders().add("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(status, content.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, Math.max(0, end - from));
    body.flush();
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
