package org.trimtab.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real MLflow server in a process of its own, with its database and files in a folder. */
final class RealMlflow implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String executable;
  private final Path folder;
  private final int port;
  private Process process;

  RealMlflow(String executable, Path folder) throws Exception {
    this.executable = executable;
    this.folder = Files.createDirectories(folder);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    process = start();
  }

  String uri() {
    return "http://127.0.0.1:" + port;
  }

  /** Starts it again, with what it kept, after a kill. */
  void restart() throws Exception {
    process = start();
  }

  private Process start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                executable,
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString(),
                "--workers",
                "1")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()));
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("DO_NOT_TRACK", "true");
    builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
    Process started = builder.start();
    while (!ready()) {
      if (!started.isAlive()) {
        throw new AssertionError(Files.readString(folder.resolve("server.log")));
      }
      Thread.sleep(200);
    }
    return started;
  }

  private boolean ready() throws InterruptedException {
    try {
      HttpRequest health =
          HttpRequest.newBuilder(URI.create(uri() + "/health"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it at once, as kill -9 does. */
  void kill() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly().onExit().join();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }

  /** All runs of an experiment that are not deleted. */
  List<JsonNode> runs(String experiment) throws Exception {
    String id =
        get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + experiment)
            .path("experiment")
            .path("experiment_id")
            .asText();
    ObjectNode search = JSON.createObjectNode().put("max_results", 1000);
    search.putArray("experiment_ids").add(id);
    List<JsonNode> runs = new ArrayList<>();
    post("/api/2.0/mlflow/runs/search", search).path("runs").forEach(runs::add);
    return runs;
  }

  JsonNode get(String path) throws Exception {
    return answer(HttpRequest.newBuilder(URI.create(uri() + path)));
  }

  private JsonNode post(String path, JsonNode body) throws Exception {
    return answer(
        HttpRequest.newBuilder(URI.create(uri() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode answer(HttpRequest.Builder request) throws Exception {
    return JSON.readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The tags, params or metrics of a run, by key. */
  static Map<String, JsonNode> values(JsonNode run, String kind) {
    TreeMap<String, JsonNode> values = new TreeMap<>();
    run.path("data").path(kind).forEach(each -> values.put(each.path("key").asText(), each));
    return values;
  }

  @Override
  public void close() {
    kill();
  }
}
