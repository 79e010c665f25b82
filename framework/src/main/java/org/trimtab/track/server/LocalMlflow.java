package org.trimtab.track.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.trimtab.UserException;
import org.trimtab.data.source.ExclusiveLock;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/**
 * The MLflow server of a results folder, on this machine only (127.0.0.1). One runs at a time; its
 * data is in {@code mlflow/} in that folder.
 */
public final class LocalMlflow {
  /** A new database takes 10 seconds; a busy machine with a slow disk may take a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path results;
  private final ServerFolder folder;
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
    this.folder = ServerFolder.in(results);
    this.environment = Map.copyOf(environment);
    this.settings = settings;
    this.progress = progress;
    this.patience = patience;
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
    folder.create();
    Found server = findOrStart(port);
    try {
      ready.accept(server.uri());
    } catch (UserException e) {
      progress.note(String.valueOf(e.getMessage()));
    }
    server.started().ifPresent(this::await);
  }

  /** Stops the server of these results, wherever it was started; reports if there is none. */
  public void stop() {
    Optional<RunningServer> running = RunningServer.of(results);
    if (running.isEmpty()) {
      progress.note("No MLflow server is running for " + results + ".");
      return;
    }
    // First the file: its absence tells the waiting process that this was intended.
    running.get().remove(folder);
    ProcessHandle.of(running.get().pid()).ifPresent(Termination::of);
    progress.note("Stopped the MLflow server at " + running.get().uri() + ".");
  }

  private void await(ServerProcess server) {
    progress.note("Ctrl-C stops the server.");
    server.await();
    progress.note("The MLflow server has ended.");
  }

  private Found findOrStart(int port) {
    ExclusiveLock lock = ExclusiveLock.on(folder.record(), settings, progress);
    try {
      Optional<RunningServer> running = RunningServer.of(results);
      if (running.isPresent()) {
        long pid = running.get().pid();
        progress.note(
            "MLflow is already running for these results (process " + pid + "); --stop stops it.");
        return new Found(running.get().uri(), Optional.empty());
      }
      Path program = install();
      int free = FreePort.from(port);
      if (free != port) {
        progress.note("Port " + port + " is in use; using " + free + ".");
      }
      progress.note("Starting MLflow ...");
      ServerProcess server = ServerProcess.start(program, folder, free, patience);
      return new Found(server.uri(), Optional.of(server));
    } finally {
      lock.close();
    }
  }
}
