package org.trimtab.track;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.ResultFolder;
import org.trimtab.track.client.MlflowServer;
import org.trimtab.track.client.ServerAddress;
import org.trimtab.track.client.ServerFault;

/**
 * Replays a results folder: again and again while a run goes on, and then until all is sent or
 * nothing more is to be hoped for. Faults of the server lengthen its pauses and have no other
 * effect.
 */
final class ReplayLoop implements Runnable {
  private final MlflowServer server;
  private final Replay replay;
  private final Patience patience;
  private final SyncProgress progress;
  private boolean ending;
  private volatile Synced latest;
  private volatile boolean gaveUp;

  /**
   * A loop that does not run yet.
   *
   * @param progress told how the sending goes on once the run has ended
   */
  ReplayLoop(ResultFolder folder, ServerAddress address, Patience patience, SyncProgress progress) {
    this.server = new MlflowServer(address, patience.answer());
    this.replay = new Replay(folder, server);
    this.patience = patience;
    this.progress = progress;
    this.latest = replay.synced("nothing was sent yet");
  }

  /** What is in MLflow, as of the last look at the files. */
  Synced latest() {
    return latest;
  }

  /** Whether the last look came to no end for a fault of the server. */
  boolean gaveUp() {
    return gaveUp;
  }

  /** The run has ended: what is left is sent, then the loop ends. */
  synchronized void end() {
    ending = true;
    notifyAll();
  }

  private synchronized boolean isEnding() {
    return ending;
  }

  @Override
  public void run() {
    try (server) {
      follow();
      finish();
    } catch (InterruptedException e) {
      latest = replay.synced("there was no time for the rest");
    } catch (RuntimeException e) {
      latest = replay.synced("unexpected error: " + e);
    } finally {
      progress.ended();
    }
  }

  /** While the run goes on. */
  private void follow() throws InterruptedException {
    int faults = 0;
    while (!isEnding()) {
      int written = server.written();
      ServerFault fault = pass(true, SyncProgress.SILENT);
      faults = fault == null ? 0 : server.written() > written ? 1 : faults + 1;
      await(faults == 0 ? patience.interval() : patience.after(faults));
    }
  }

  /** After it. */
  private void finish() throws InterruptedException {
    int faults = 0;
    long success = System.nanoTime();
    while (true) {
      int written = server.written();
      ServerFault fault = pass(false, progress);
      if (fault == null || fault.reach() != ServerFault.Reach.PASSING) {
        return;
      }
      if (server.written() > written) {
        faults = 0;
        success = System.nanoTime();
      }
      if (System.nanoTime() - success > patience.quiet().toNanos()) {
        return;
      }
      Thread.sleep(patience.after(++faults).toMillis());
    }
  }

  private @Nullable ServerFault pass(boolean live, SyncProgress told) throws InterruptedException {
    ServerFault fault = null;
    try {
      replay.pass(live, told);
    } catch (ServerFault e) {
      fault = e;
    }
    latest = replay.synced(fault == null ? null : fault.text());
    gaveUp = fault != null;
    return fault;
  }

  private synchronized void await(Duration pause) throws InterruptedException {
    long until = System.nanoTime() + pause.toNanos();
    long left = pause.toMillis();
    while (!ending && left > 0) {
      wait(left);
      left = Duration.ofNanos(until - System.nanoTime()).toMillis();
    }
  }
}
