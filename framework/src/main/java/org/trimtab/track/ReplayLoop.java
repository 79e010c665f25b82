package org.trimtab.track;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.ResultFolder;

/**
 * Replays a results folder repeatedly during a run, and then until everything is sent or it gives
 * up. Faults of the server lengthen its pauses and have no other effect.
 */
final class ReplayLoop implements Runnable {
  private final MlflowServer server;
  private final Replay replay;
  private final Timeouts timeouts;
  private final SyncProgress progress;
  private boolean ending;
  private volatile SyncResult latest;
  private volatile boolean gaveUp;

  /**
   * @param progress is notified of the sending once the run has ended
   */
  ReplayLoop(ResultFolder folder, ServerAddress address, Timeouts timeouts, SyncProgress progress) {
    this.server = new MlflowServer(address, timeouts.answer());
    this.replay = new Replay(folder, server);
    this.timeouts = timeouts;
    this.progress = progress;
    this.latest = replay.result("nothing was sent yet");
  }

  /** The result of the last pass. */
  SyncResult latest() {
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
    try {
      follow();
      finish();
    } catch (InterruptedException e) {
      latest = replay.result("there was no time to send the rest");
    } catch (RuntimeException e) {
      latest = replay.result("unexpected error: " + e);
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
      await(faults == 0 ? timeouts.interval() : timeouts.after(faults));
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
      if (System.nanoTime() - success > timeouts.quiet().toNanos()) {
        return;
      }
      Thread.sleep(timeouts.after(++faults).toMillis());
    }
  }

  private @Nullable ServerFault pass(boolean live, SyncProgress told) throws InterruptedException {
    ServerFault fault = null;
    try {
      replay.pass(live, told);
    } catch (ServerFault e) {
      fault = e;
    }
    latest = replay.result(fault == null ? null : fault.text());
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
