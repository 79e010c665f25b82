package org.trimtab.data.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.trimtab.io.Secrets;

/** A source failed; the message is the reason. The next source is tried. */
public final class FetchFailure extends Exception {
  /** Creates a failure with a reason. */
  public FetchFailure(String reason) {
    super(Secrets.redact(reason));
  }

  /** Creates a failure with a reason and its cause. */
  public FetchFailure(String reason, Throwable cause) {
    super(Secrets.redact(reason), cause);
  }

  /** The reason, in words. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The meaning of an exception, in words. */
  public static String reason(IOException e) {
    if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
      return "could not connect (no network, or the host does not answer)";
    }
    if (e instanceof HttpTimeoutException) {
      return "the server did not answer in time";
    }
    if (e instanceof UnknownHostException) {
      return "unknown host (no network, or a wrong address)";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
