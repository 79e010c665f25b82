package org.trimtab.track;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.plan.Cell;
import org.trimtab.run.CellEnd;
import org.trimtab.run.Progress;
import org.trimtab.run.ResultFolder;
import org.trimtab.run.RunOutcome;

/**
 * Tracks a run: samples the machine into the folders of its cells, and replays the journals to an
 * MLflow server, if there is one. The run does not wait for it before {@link #end}.
 */
public final class Tracking implements Progress, AutoCloseable {
  private static final Duration SAMPLES = Duration.ofSeconds(10);
  private static final Duration MOST_AT_END = Duration.ofSeconds(60);
  private static final Duration MOST_WHEN_INTERRUPTED = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Map<String, String> environment;
  private final ResultFolder folder;
  private final Path results;
  private final SyncProgress progress;
  private final Timeouts timeouts;
  private @Nullable SystemSampler sampler;
  private @Nullable ReplayLoop replay;
  private @Nullable Thread thread;
  private @Nullable String problem;

  /**
   * Starts with the run.
   *
   * @param environment holds MLflow's variables
   * @param results the folder of all results
   * @param folder the run's own under it
   * @param progress is notified of the sending after the run
   */
  public Tracking(
      Map<String, String> environment,
      Path results,
      ResultFolder folder,
      SyncProgress progress,
      Timeouts timeouts) {
    this.environment = environment;
    this.results = results;
    this.folder = folder;
    this.progress = progress;
    this.timeouts = timeouts;
  }

  /** The plan is written: from now on there is something to send. */
  @Override
  public void runStarted(int reused, Map<Integer, Long> tokens) {
    sampler = new SystemSampler(SAMPLES);
    startReplay();
  }

  private @Nullable ReplayLoop startReplay() {
    try {
      Optional<ServerAddress> server = ServerAddress.find(environment, results);
      if (server.isPresent()) {
        replay = new ReplayLoop(folder, server.get(), timeouts, progress);
        thread = new Thread(replay, "mlflow-replay");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (UserException e) {
      problem = e.getMessage();
    }
    return replay;
  }

  @Override
  public void cellStarted(Cell cell) {
    if (sampler != null) {
      sampler.begin(folder.cell(cell.id()));
    }
  }

  @Override
  public void cellEnded(Cell cell, CellEnd end, Map<String, Double> metrics, Duration seconds) {
    stopSampling(false);
  }

  @Override
  public void runEnded(RunOutcome outcome) {
    stopSampling(true);
  }

  private void stopSampling(boolean forGood) {
    if (sampler != null) {
      sampler.pause();
      if (forGood) {
        sampler.close();
      }
    }
  }

  /**
   * Sends the rest, for a minute at most, and for some seconds after an interrupt.
   *
   * @param interrupted whether the user does not want to wait
   * @return lines for the user: links, or what is missing and what to do
   */
  public List<String> end(BooleanSupplier interrupted) {
    // A server may have been started during the run.
    ReplayLoop loop = replay == null && problem == null ? startReplay() : replay;
    Thread running = thread;
    List<String> lines = new ArrayList<>();
    if (problem != null) {
      lines.add("Not in MLflow: " + problem);
    } else if (loop == null || running == null) {
      lines.add("To see the results in a browser: ./run mlflow");
    } else {
      loop.end();
      await(running, interrupted);
      lines.addAll(told(loop.latest()));
    }
    return lines;
  }

  private List<String> told(SyncResult result) {
    List<String> lines = new ArrayList<>(result.where());
    if (!result.complete()) {
      result.problems().forEach(reason -> lines.add("Not everything is in MLflow: " + reason));
      lines.add(
          "Nothing is lost: it is in %s. Send what is missing later: ./run sync %s"
              .formatted(folder.path(), folder.path()));
    }
    return lines;
  }

  private static void await(Thread thread, BooleanSupplier interrupted) {
    long until = System.nanoTime() + MOST_AT_END.toNanos();
    boolean hurried = false;
    try {
      while (thread.isAlive() && System.nanoTime() < until) {
        if (!hurried && interrupted.getAsBoolean()) {
          hurried = true;
          until = System.nanoTime() + MOST_WHEN_INTERRUPTED.toNanos();
        }
        thread.join(LOOK.toMillis());
      }
      thread.interrupt();
      thread.join(Duration.ofSeconds(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all threads, even if something is left to send. */
  @Override
  public void close() {
    stopSampling(true);
    if (thread != null) {
      thread.interrupt();
    }
  }
}
