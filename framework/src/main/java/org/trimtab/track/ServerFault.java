package org.trimtab.track;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.trimtab.io.Secrets;

/** An unexpected answer of a tracking server, or none. */
final class ServerFault extends Exception {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final Set<Integer> WHOLE_SERVER = Set.of(401, 403);
  private static final int LONGEST_ANSWER = 300;

  /** What a fault implies for other requests. */
  enum Reach {
    /** The same request may succeed later: no connection, no answer in time, too much to do. */
    PASSING,
    /** This request is refused, and will be again. */
    REQUEST,
    /** Every request is refused until somebody changes the server or the settings. */
    SERVER
  }

  private final Reach reach;
  private final int status;

  private ServerFault(Reach reach, int status, String message, @Nullable Throwable cause) {
    super(Secrets.redact(message), cause);
    this.reach = reach;
    this.status = status;
  }

  /** No answer in time. */
  static ServerFault unanswered(URI server, Duration deadline, TimeoutException cause) {
    return unanswered(server, "not within " + deadline.toMillis() / 1000.0 + " s", cause);
  }

  /** No connection, or an incomplete answer: the innermost network error says which. */
  static ServerFault unanswered(URI server, ExecutionException cause) {
    Throwable reason = cause;
    while (reason.getCause() != null && !(reason instanceof IOException)) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    return unanswered(server, message == null ? reason.getClass().getSimpleName() : message, cause);
  }

  private static ServerFault unanswered(URI server, String reason, Throwable cause) {
    return new ServerFault(
        Reach.PASSING,
        0,
        "the MLflow server " + server + " does not answer (" + reason + ")",
        cause);
  }

  /** A fault that retrying does not fix, with its complete message. */
  static ServerFault of(Reach reach, String message) {
    return new ServerFault(reach, 0, message, null);
  }

  /** An answer with a status of 400 or more. */
  static ServerFault answered(URI server, String what, int status, String body) {
    // Before it is cut: half a key would not be recognised.
    String text = Secrets.redact(body).strip().replaceAll("\\s+", " ");
    String answer =
        status + " " + text.substring(0, Math.min(LONGEST_ANSWER, text.length())).strip();
    Reach reach =
        PASSING.contains(status) || status >= 500
            ? Reach.PASSING
            : WHOLE_SERVER.contains(status) ? Reach.SERVER : Reach.REQUEST;
    return new ServerFault(
        reach,
        status,
        "the MLflow server %s answers '%s' to %s%s"
            .formatted(server, answer.strip(), what, advice(server, status, text)),
        null);
  }

  private static String advice(URI server, int status, String body) {
    if (status == 403 && body.contains("Invalid Host header")) {
      return (": it does not know the name in its address. Start it with --allowed-hosts %s, or"
              + " name it in MLFLOW_TRACKING_URI by an address that it allows (localhost or a"
              + " private one).")
          .formatted(server.getAuthority());
    }
    if (WHOLE_SERVER.contains(status)) {
      return ": set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
          + " MLFLOW_TRACKING_TOKEN, to an account that may write there.";
    }
    return "";
  }

  /** What it implies for other requests. */
  Reach reach() {
    return reach;
  }

  /** The status of the answer; 0 if there was none. */
  int status() {
    return status;
  }

  /** The message; never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
