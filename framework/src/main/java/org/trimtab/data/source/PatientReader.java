package org.trimtab.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a stream that has no time limit, and gives up after a long silence. */
final class PatientReader implements AutoCloseable {
  private final InputStream stream;
  private final Duration silence;
  private final ExecutorService thread;

  PatientReader(InputStream stream, Duration silence) {
    this.stream = stream;
    this.silence = silence;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread reader = new Thread(work, "download");
              reader.setDaemon(true);
              return reader;
            });
  }

  /** Like {@link InputStream#read(byte[])}. */
  int read(byte[] buffer) throws IOException, InterruptedException {
    Future<Integer> count = thread.submit(() -> stream.read(buffer));
    try {
      return count.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      InterruptedIOException stalled =
          new InterruptedIOException("nothing came for " + silence.toSeconds() + " s");
      stalled.initCause(e);
      throw stalled;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException io ? new IOException(lost(io), io) : new IOException(e);
    }
  }

  /** Ends the thread, by closing the stream if it still waits. */
  @Override
  public void close() throws IOException {
    stream.close();
    thread.shutdownNow();
  }

  private static String lost(IOException e) {
    return "the connection was lost (" + FetchFailure.reason(e) + ")";
  }
}
