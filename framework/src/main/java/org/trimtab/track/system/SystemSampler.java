package org.trimtab.track.system;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.trimtab.run.CellFolder;

/**
 * Samples the machine while cells run: at the start of each, then every few seconds, into the
 * cell's system.jsonl. A write error ends the sampling, not the run.
 */
public final class SystemSampler implements AutoCloseable {
  private final AtomicReference<@Nullable Path> file = new AtomicReference<>();
  private final Duration interval;
  private final Thread thread;

  /** Waits for its first cell. */
  public SystemSampler(Duration interval) {
    this.interval = interval;
    thread = new Thread(this::sample, "system-sampler");
    thread.setDaemon(true);
    thread.start();
  }

  /** A cell begins. */
  public void begin(CellFolder cell) {
    file.set(cell.system());
    synchronized (this) {
      notifyAll();
    }
  }

  /** No cell runs. */
  public void pause() {
    file.set(null);
  }

  private void sample() {
    MachineProbe machine = new MachineProbe();
    @Nullable Path last = null;
    try {
      while (true) {
        last = await(last);
        SystemReading.append(last, Instant.now(), machine.read());
      }
    } catch (InterruptedException | IOException e) {
      // Closed, or the disk is full: what was sampled stays.
      file.set(null);
    }
  }

  /** The file of the running cell: at once if it is a new one, otherwise after the interval. */
  private synchronized Path await(@Nullable Path last) throws InterruptedException {
    long until = System.nanoTime() + interval.toNanos();
    while (true) {
      Path now = file.get();
      long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      if (now != null && (!now.equals(last) || left <= 0)) {
        return now;
      }
      wait(Math.max(1, left <= 0 ? interval.toMillis() : left));
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
