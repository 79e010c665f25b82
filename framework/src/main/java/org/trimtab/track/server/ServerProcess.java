package org.trimtab.track.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.trimtab.UserException;

/** An MLflow server that this process started. Thread-safe. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** No telemetry, and two processes instead of ten, since no jobs run here. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "MLFLOW_DISABLE_TELEMETRY", "true",
          "DO_NOT_TRACK", "true",
          "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");

  private final ServerFolder folder;
  private final Process process;
  private final RunningServer running;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ServerProcess(ServerFolder folder, Process process, URI uri) {
    this.folder = folder;
    this.process = process;
    this.running = new RunningServer(uri, process.pid());
  }

  /**
   * Starts a server and waits until it is ready and recorded in {@code server.json}. It ends with
   * this process.
   *
   * @param program MLflow's program
   * @param port a free port
   * @param patience how long to wait
   * @throws UserException when it ends or does not answer in time, with the end of its log
   */
  static ServerProcess start(Path program, ServerFolder folder, int port, Duration patience) {
    URI uri = URI.create("http://127.0.0.1:" + port);
    ServerProcess server = new ServerProcess(folder, launch(program, folder, port), uri);
    // Whatever ends this process (Ctrl-C, SIGTERM, a closed terminal) ends the server.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end of the MLflow server"));
    try {
      server.awaitReady(patience);
      server.running.write(folder);
      return server;
    } catch (UserException e) {
      server.close();
      throw e;
    }
  }

  URI uri() {
    return running.uri();
  }

  /**
   * Waits until the server has ended, by {@link #close} or by {@code --stop}.
   *
   * @throws UserException when it ended by itself, with the end of its log
   */
  void await() {
    try {
      int status = process.waitFor();
      // Ctrl-C reaches both processes at once, and the server may be the first to end.
      boolean wanted = closed.await(1, TimeUnit.SECONDS);
      if (!wanted && RunningServer.recorded(folder).filter(running::equals).isPresent()) {
        throw ended(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /** Stops the server and removes {@code server.json}. */
  @Override
  public void close() {
    closed.countDown();
    Termination.of(process.toHandle());
    running.remove(folder);
  }

  private static Process launch(Path program, ServerFolder folder, int port) {
    List<String> command =
        List.of(
            program.toString(),
            "server",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            // Relative: a folder's name may contain characters that a database address cannot.
            "--backend-store-uri",
            "sqlite:///mlflow.db",
            "--artifacts-destination",
            "artifacts",
            "--workers",
            "1");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.log().toFile());
    builder.environment().putAll(ENVIRONMENT);
    // The launcher sets it for libtorch; with it Python would never return memory.
    builder.environment().remove("GLIBC_TUNABLES");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UserException(
          program + " cannot be started: " + e.getMessage() + ". TRIMTAB_MLFLOW names another.", e);
    }
  }

  private void awaitReady(Duration patience) {
    long begin = System.nanoTime();
    while (true) {
      if (!process.isAlive()) {
        throw ended(process.exitValue());
      }
      if (Health.answers(running.uri())) {
        return;
      }
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new UserException(
            "MLflow did not answer at %s within %d s. %s"
                .formatted(running.uri(), patience.toSeconds(), folder.logTail()));
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserException("interrupted while MLflow was starting", e);
      }
    }
  }

  private UserException ended(int status) {
    return new UserException(
        "The MLflow server ended with status %d. %s".formatted(status, folder.logTail()));
  }
}
