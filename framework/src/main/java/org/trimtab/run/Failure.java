package org.trimtab.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import org.trimtab.UserException;

/**
 * An error that ended a cell, described in one paragraph, with its stack trace in the cell's log.
 */
final class Failure {
  private static final String MEMORY_ADVICE =
      " Use a smaller model or a lower precision, score fewer items at a time, close what else"
          + " uses the device, or give Java more memory (-Xmx).";

  private Failure() {}

  /** What happened and, if memory ran out, what to do. */
  static String reason(Throwable error) {
    if (error instanceof UserException) {
      return String.valueOf(error.getMessage());
    }
    String message = error.getMessage();
    String reason =
        message == null
            ? error.getClass().getSimpleName()
            : error.getClass().getSimpleName() + ": " + message;
    return outOfMemory(error) ? "out of memory (" + reason + ")." + MEMORY_ADVICE : reason;
  }

  /** Java's own error, or the tensor engine's on CPU and GPU. */
  private static boolean outOfMemory(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return true;
    }
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("out of memory")
        || message.contains("not enough memory")
        || message.contains("can't allocate memory");
  }

  /** Appends the stack trace to a log file. */
  static void log(Path file, Throwable error) {
    StringWriter text = new StringWriter();
    text.append(Instant.now().toString()).append(' ');
    error.printStackTrace(new PrintWriter(text, true));
    try {
      Files.writeString(
          file, text.toString(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new JournalException(file, e);
    }
  }
}
