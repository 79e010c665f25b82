package org.trimtab.track;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.ResultFolder;
import org.trimtab.track.client.MlflowServer;
import org.trimtab.track.client.ServerAddress;
import org.trimtab.track.client.ServerFault;

/**
 * Replays a results folder repeatedly during a run, and then until everything is sent or it gives
 * up. Faults of the server lengthen its pauses and have no other effect.
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
   * @param progress is notified of the sending once the run has ended
   */
  ReplayLoop(ResultFolder folder, ServerAddress address, Patience patience, SyncProgress progress) {
    this.server = new MlflowServer(address, patience.answer());
    this.replay = new Replay(folder, server);
    this.patience = patience;
    this.progress = progress;
    this.latest = replay.synced("nothing was sent yet");
  }

  /** The result of the last pass. */
  Synced latest() {
    return latest;
  }

  /** Whether a fault of the server ended the last pass. */
  boolean gaveUp() {
    return gaveUp;
  }

  /** Sends the rest after the end of the run, and ends the loop. */
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
      latest = replay.synced("there was no time to send the rest");
    } catch (RuntimeException e) {
      latest = replay.synced("unexpected error: " + e);
    } finally {
      progress.ended();
    }
  }

  /** During the run. */
  private void follow() throws InterruptedException {
    int faults = 0;
    while (!isEnding()) {
      int written = server.written();
      ServerFault fault = pass(true, SyncProgress.SILENT);
      faults = fault == null ? 0 : server.written() > written ? 1 : faults + 1;
      await(faults == 0 ? patience.interval() : patience.after(faults));
    }
  }

  /** After the run. */
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
