package org.trimtab.track.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server's process and what it started. */
final class Termination {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Termination() {}

  /** Sends SIGTERM, waits, and kills what is left after 15 seconds. */
  static void of(ProcessHandle process) {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    workers.forEach(ProcessHandle::destroyForcibly);
  }
}
