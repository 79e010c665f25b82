package org.trimtab.say;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * Lines of an input, read on a thread of its own, so that an interrupt does not have to wait for
 * one.
 */
public final class Lines {
  private static final long POLL_MILLIS = 50;
  private static final int LONGEST = 1 << 24;

  /** A line, or the end. */
  private record Line(byte @Nullable [] bytes) {}

  private final InputStream in;
  private final BlockingQueue<Line> read = new LinkedBlockingQueue<>();

  /** Begins to read UTF-8. */
  public Lines(InputStream in) {
    this.in = in;
    Thread reader = new Thread(this::read, "lines");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int each = in.read(); each >= 0 && line.size() < LONGEST; each = in.read()) {
        if (each == '\n') {
          read.add(new Line(line.toByteArray()));
          line.reset();
        } else {
          line.write(each);
        }
      }
    } catch (IOException e) {
      // An input that cannot be read any more has ended.
      System.getLogger(Lines.class.getName()).log(System.Logger.Level.DEBUG, "input", e);
    }
    if (line.size() > 0) {
      read.add(new Line(line.toByteArray()));
    }
    read.add(new Line(null));
  }

  /**
   * The next line, without its end; empty at the end of the input, or when asked to stop.
   *
   * @throws UserException when it is not UTF-8
   */
  Optional<String> next(BooleanSupplier stop) {
    try {
      while (!stop.getAsBoolean()) {
        @Nullable Line line = read.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (line != null) {
          return line.bytes == null ? Optional.empty() : Optional.of(text(line.bytes));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static String text(byte[] bytes) {
    try {
      String line = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    } catch (CharacterCodingException e) {
      throw new UserException("the line is not UTF-8; nothing was asked", e);
    }
  }
}
