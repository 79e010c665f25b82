package org.trimtab.track;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.io.FolderLock;

/**
 * The MLflow server of a results folder, on this machine only (127.0.0.1). One runs at a time; its
 * data is in {@code mlflow/} in that folder: database, artifacts, log, and {@code server.json}
 * while it runs.
 */
public final class LocalMlflow {
  /** A new database takes 10 seconds; a busy machine with a slow disk may take a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int PORTS = 50;
  private static final int LAST_PORT = 65_535;
  private static final byte[] LOCALHOST = {127, 0, 0, 1};

  private final Path results;
  private final Path folder;
  private final Map<String, String> environment;
  private final SourceSettings settings;
  private final Progress progress;
  private final Duration patience;

  /** A server that answers; its process when it is one that this object started. */
  private record Found(URI uri, Optional<ServerProcess> started) {}

  /**
   * Prepares; starts nothing.
   *
   * @param results the folder of results
   * @param environment the environment variables: TRIMTAB_MLFLOW names an MLflow to use instead of
   *     the one in the cache folder
   * @param settings where the cache folder is, and which Python
   * @param progress is notified of each step
   */
  public LocalMlflow(
      Path results, Map<String, String> environment, SourceSettings settings, Progress progress) {
    this(results, environment, settings, progress, PATIENCE);
  }

  LocalMlflow(
      Path results,
      Map<String, String> environment,
      SourceSettings settings,
      Progress progress,
      Duration patience) {
    this.results = results;
    this.folder = folder(results);
    this.environment = Map.copyOf(environment);
    this.settings = settings;
    this.progress = progress;
    this.patience = patience;
  }

  /** The server's folder for these results, which may not exist yet. */
  static Path folder(Path results) {
    return results.resolve("mlflow").toAbsolutePath().normalize();
  }

  /**
   * Installs MLflow if it is missing.
   *
   * @return its program
   * @throws UserException when it cannot be installed; says what is missing
   */
  public Path install() {
    return MlflowProgram.find(environment, settings, progress);
  }

  /**
   * Starts the server and returns when it has ended: by {@link #stop}, or because this process is
   * told to end (Ctrl-C, SIGTERM), which ends the server too. When one runs already, tells its
   * address and returns.
   *
   * @param port the preferred port; if it is in use, the next free one is taken
   * @param ready receives the address as soon as the server answers; its {@link UserException}s are
   *     reported and the server continues
   * @throws UserException when the server does not start, or ends by itself, with the end of its
   *     log
   */
  public void serve(int port, Consumer<URI> ready) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UserException(
          folder + ": cannot be made: " + e + ". --results names another folder of results.", e);
    }
    Found server = findOrStart(port);
    try {
      ready.accept(server.uri());
    } catch (UserException e) {
      progress.note(String.valueOf(e.getMessage()));
    }
    server
        .started()
        .ifPresent(
            started -> {
              progress.note("Ctrl-C stops the server.");
              started.await();
              progress.note("The MLflow server has ended.");
            });
  }

  /** Stops the server of these results, wherever it was started; reports if there is none. */
  public void stop() {
    Optional<RunningServer> running = RunningServer.of(results);
    if (running.isEmpty()) {
      progress.note("No MLflow server is running for " + results + ".");
      return;
    }
    // First the file: its absence tells the waiting process that this was intended.
    running.get().remove(results);
    ProcessHandle.of(running.get().pid()).ifPresent(LocalMlflow::terminate);
    progress.note("Stopped the MLflow server at " + running.get().uri() + ".");
  }

  private Found findOrStart(int port) {
    FolderLock lock = FolderLock.on(RunningServer.file(results), settings.cache(), progress::note);
    try {
      Optional<RunningServer> running = RunningServer.of(results);
      if (running.isPresent()) {
        long pid = running.get().pid();
        progress.note(
            "MLflow is already running for these results (process " + pid + "); --stop stops it.");
        return new Found(running.get().uri(), Optional.empty());
      }
      Path program = install();
      int free = freePort(port);
      if (free != port) {
        progress.note("Port " + port + " is in use; using " + free + ".");
      }
      progress.note("Starting MLflow ...");
      ServerProcess server = new ServerProcess(program, free);
      return new Found(server.running.uri(), Optional.of(server));
    } finally {
      lock.close();
    }
  }

  /** The first free port of the loopback address, starting at the requested one. */
  private static int freePort(int requested) {
    int end = Math.min(LAST_PORT, requested + PORTS - 1);
    for (int port = requested; port <= end; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOCALHOST))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // In use: the next one.
      }
    }
    throw new UserException(
        "no port from %d to %d is free: name another with --port".formatted(requested, end));
  }

  /** Sends SIGTERM, waits, and kills what is left after 15 seconds, with what it started. */
  private static void terminate(ProcessHandle process) {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    try {
      process.onExit().get(15, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    workers.forEach(ProcessHandle::destroyForcibly);
  }

  /** A server that this process started. Thread-safe. */
  private final class ServerProcess {
    /** No telemetry, and two processes instead of ten, since no jobs run here. */
    private static final Map<String, String> ENVIRONMENT =
        Map.of(
            "MLFLOW_DISABLE_TELEMETRY", "true",
            "DO_NOT_TRACK", "true",
            "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");

    private final Path log = folder.resolve("server.log");
    private final Process process;
    private final RunningServer running;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Starts a server and waits until it is ready and recorded in {@code server.json}. It ends with
     * this process.
     *
     * @param program MLflow's program
     * @param port a free port
     * @throws UserException when it ends or does not answer in time, with the end of its log
     */
    ServerProcess(Path program, int port) {
      process = launch(program, port);
      running = new RunningServer(URI.create("http://127.0.0.1:" + port), process.pid());
      // Whatever ends this process (Ctrl-C, SIGTERM, a closed terminal) ends the server.
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of the MLflow server"));
      try {
        awaitReady();
        running.write(results);
      } catch (UserException e) {
        close();
        throw e;
      }
    }

    /**
     * Waits until the server has ended, with this process or by {@code --stop}.
     *
     * @throws UserException when it ended by itself, with the end of its log
     */
    void await() {
      try {
        int status = process.waitFor();
        // Ctrl-C reaches both processes at once, and the server may be the first to end.
        boolean wanted = closed.await(1, TimeUnit.SECONDS);
        if (!wanted && RunningServer.recorded(results).filter(running::equals).isPresent()) {
          throw ended(status);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close();
      }
    }

    private void close() {
      closed.countDown();
      terminate(process.toHandle());
      running.remove(results);
    }

    private Process launch(Path program, int port) {
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
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(ENVIRONMENT);
      // The launcher sets it for libtorch; with it Python would never return memory.
      builder.environment().remove("GLIBC_TUNABLES");
      try {
        return builder.start();
      } catch (IOException e) {
        throw new UserException(
            program + " cannot be started: " + e.getMessage() + ". TRIMTAB_MLFLOW names another.",
            e);
      }
    }

    private void awaitReady() {
      long begin = System.nanoTime();
      while (!running.answers()) {
        if (!process.isAlive()) {
          throw ended(process.exitValue());
        }
        if (System.nanoTime() - begin > patience.toNanos()) {
          throw new UserException(
              "MLflow did not answer at %s within %d s. %s"
                  .formatted(running.uri(), patience.toSeconds(), logTail()));
        }
        try {
          Thread.sleep(200);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new UserException("interrupted while MLflow was starting", e);
        }
      }
    }

    private UserException ended(int status) {
      return new UserException(
          "The MLflow server ended with status %d. %s".formatted(status, logTail()));
    }

    /** The last 20 lines of the log, indented, or a note that there are none. */
    private String logTail() {
      try {
        // Not every byte of a log is UTF-8; Latin-1 reads any.
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
        return last.isEmpty()
            ? log + " is empty."
            : "The end of " + log + ":\n  " + String.join("\n  ", last);
      } catch (IOException e) {
        return log + " cannot be read.";
      }
    }
  }
}
