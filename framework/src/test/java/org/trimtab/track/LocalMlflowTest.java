package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;
import org.trimtab.cli.Main;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.track.FakeMlflow.Behaviour;

/** Real processes, with a small program in MLflow's place. */
@Timeout(60)
class LocalMlflowTest {
  @TempDir private Path folder = Path.of("");

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private Path results = Path.of("");
  private CompletableFuture<Void> serving = new CompletableFuture<>();
  private int port;

  @BeforeEach
  void findPort() throws IOException {
    results = folder.resolve("results with 100%");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
  }

  @AfterEach
  void stopWhatRuns() throws IOException {
    mlflow(Behaviour.SERVES).stop();
  }

  @Test
  void aServerRunsUntilItIsStopped() throws Exception {
    URI uri = serve();
    RunningServer running = RunningServer.of(results).orElseThrow();
    Path kept = results.resolve("mlflow");

    assertThat(uri.getHost()).isEqualTo("127.0.0.1");
    assertThat(Files.readString(kept.resolve("server.json")))
        .isEqualTo("{\"uri\":\"" + uri + "\",\"pid\":" + running.pid() + "}");
    assertThat(Files.readAllLines(kept.resolve("server.log")))
        .contains(
            "server --host 127.0.0.1 --port "
                + uri.getPort()
                + " --backend-store-uri sqlite:///mlflow.db --artifacts-destination artifacts"
                + " --workers 1",
            "folder " + kept.toRealPath(),
            "MLFLOW_DISABLE_TELEMETRY=true",
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false",
            "DO_NOT_TRACK=true");
    assertThat(serving).isNotDone();

    mlflow(Behaviour.SERVES).stop();
    serving.get(30, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(running.pid())).isEmpty();
    assertThat(kept.resolve("server.json")).doesNotExist();
    assertThat(told).contains("Stopped the MLflow server at " + uri + ".");
  }

  @Test
  void theSameResultsHaveOneServer() throws Exception {
    URI uri = serve();
    List<URI> second = new ArrayList<>();
    mlflow(Behaviour.SERVES).serve(port, second::add);
    assertThat(second).containsExactly(uri);
    assertThat(told)
        .anyMatch(line -> line.startsWith("MLflow is already running for these results"));
  }

  @Test
  void aTakenPortIsPassedOver() throws Exception {
    try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      int used = serve().getPort();
      assertThat(used).isGreaterThan(other.getLocalPort());
      assertThat(told).contains("Port " + port + " is in use; using " + used + ".");
    }
  }

  @Test
  void whatAKilledServerLeftIsReplaced() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    assertReplaced("{\"uri\":\"http://127.0.0.1:%d\",\"pid\":%d}".formatted(port, dead.pid()));
  }

  @Test
  void whatAnotherProcessNumberHidesIsReplaced() throws Exception {
    long here = ProcessHandle.current().pid();
    assertReplaced("{\"uri\":\"http://127.0.0.1:%d\",\"pid\":%d}".formatted(port, here));
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void halfAFileIsReplaced() throws Exception {
    assertReplaced("{\"uri\":\"http://127.");
  }

  private void assertReplaced(String left) throws Exception {
    Path record = results.resolve("mlflow").resolve("server.json");
    Files.createDirectories(record.getParent());
    Files.writeString(record, left);
    assertThat(RunningServer.of(results)).isEmpty();
    URI uri = serve();
    assertThat(RunningServer.of(results).orElseThrow().uri()).isEqualTo(uri);
  }

  @Test
  void aServerThatEndsAtOnceIsAnErrorWithItsLog() {
    assertThatThrownBy(() -> mlflow(Behaviour.ENDS_AT_ONCE).serve(port, uri -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ended with status 3")
        .hasMessageContaining("server.log")
        .hasMessageEndingWith("the database is from the future");
    assertThat(results.resolve("mlflow").resolve("server.json")).doesNotExist();
  }

  @Test
  void aServerThatNeverAnswersIsEnded() {
    assertThatThrownBy(() -> mlflow(Behaviour.STAYS_SILENT).serve(port, uri -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("MLflow did not answer at http://127.0.0.1:")
        .hasMessageContaining("--workers 1");
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aServerThatEndsByItselfIsAnErrorWithItsLog() throws Exception {
    HttpRequest end = HttpRequest.newBuilder(serve().resolve("/end")).build();
    assertThatThrownBy(
            () -> HttpClient.newHttpClient().send(end, HttpResponse.BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> serving.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("ended with status 9")
        .hasMessageEndingWith("out of memory");
  }

  @Test
  void theServerGoesOnWhenSendingFails() throws Exception {
    URI uri =
        serve(
            ready -> {
              throw new UserException("two cells could not be sent");
            });
    assertThat(RunningServer.of(results).orElseThrow().uri()).isEqualTo(uri);
    assertThat(serving).isNotDone();
    mlflow(Behaviour.SERVES).stop();
    serving.get(30, TimeUnit.SECONDS);
    assertThat(told).contains("two cells could not be sent");
  }

  @Test
  void sigtermEndsTheServerToo() throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Main.class.getName(),
                "mlflow",
                "--port",
                Integer.toString(port),
                "--results",
                results.toString())
            .redirectErrorStream(true);
    command.environment().putAll(environment(Behaviour.SERVES));
    Process process = command.start();
    try (var lines = process.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("MLflow: ")) {
        line = lines.readLine();
      }
      assertThat(line).startsWith("MLflow: http://127.0.0.1:");
      RunningServer running = RunningServer.of(results).orElseThrow();
      process.destroy();
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      assertThat(ProcessHandle.of(running.pid())).isEmpty();
      assertThat(results.resolve("mlflow").resolve("server.json")).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void stoppingWhatDoesNotRunSaysSo() throws IOException {
    mlflow(Behaviour.SERVES).stop();
    assertThat(told).containsExactly("No MLflow server is running for " + results + ".");
  }

  private URI serve() throws Exception {
    return serve(ready -> {});
  }

  /** Serves in another thread until the server ends; returns when it is ready. */
  private URI serve(Consumer<URI> ready) throws Exception {
    CompletableFuture<URI> address = new CompletableFuture<>();
    serving =
        CompletableFuture.runAsync(
            () -> {
              try {
                mlflow(Behaviour.SERVES)
                    .serve(
                        port,
                        uri -> {
                          address.complete(uri);
                          ready.accept(uri);
                        });
              } catch (UserException e) {
                address.completeExceptionally(e);
                throw e;
              }
            });
    return address.get(30, TimeUnit.SECONDS);
  }

  private LocalMlflow mlflow(Behaviour behaviour) {
    SourceSettings settings =
        SourceSettings.of(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString()), folder);
    Duration patience = Duration.ofSeconds(behaviour == Behaviour.STAYS_SILENT ? 2 : 40);
    return new LocalMlflow(results, environment(behaviour), settings, teller(), patience);
  }

  private Map<String, String> environment(Behaviour behaviour) {
    try {
      return Map.of(
          "TRIMTAB_MLFLOW", FakeMlflow.program(folder, behaviour).toString(),
          "TRIMTAB_CACHE", folder.resolve("cache").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Progress teller() {
    return new Progress() {
      @Override
      public void advance(String what, long bytes, OptionalLong total) {}

      @Override
      public void note(String message) {
        told.add(message);
      }
    };
  }
}
