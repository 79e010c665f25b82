package org.trimtab.track.client;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * MLflow's own client with a deadline for every call. By itself it waits for ever: it has no
 * time-outs, and accepts no further connection after two answers of 429. A call that exceeds the
 * deadline is abandoned and its client closed, which ends it; the next call gets a new client. Not
 * thread-safe.
 */
final class ClientCalls implements AutoCloseable {
  /** One call. */
  interface Call<T> {
    T on(MlflowClient client);
  }

  /**
   * The client logs each broken connection, which we report once ourselves. A field, so that the
   * logger is not garbage-collected.
   */
  private static final Logger NOISE = Logger.getLogger("org.mlflow_project.apachehttp");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private final ServerAddress server;
  private final Duration deadline;
  private @Nullable Connection connection;

  /** A client and the thread that its calls run on. */
  private record Connection(MlflowClient client, ExecutorService thread) {
    static Connection to(ServerAddress server) {
      BasicMlflowHostCreds account =
          new BasicMlflowHostCreds(
              server.uri().toString(),
              server.username(),
              server.password(),
              server.token(),
              server.insecureTls());
      return new Connection(
          new MlflowClient(account), Executors.newSingleThreadExecutor(ClientCalls::thread));
    }

    void end() {
      thread.shutdownNow();
      client.close();
    }
  }

  ClientCalls(ServerAddress server, Duration deadline) {
    this.server = server;
    this.deadline = deadline;
  }

  /**
   * Makes a call. It must be idempotent, since the client repeats it after an error, so the
   * creation of a run is not allowed.
   *
   * @param what the request, for messages
   */
  <T> T ask(String what, Call<T> call) throws ServerFault, InterruptedException {
    Connection open = connection == null ? Connection.to(server) : connection;
    connection = open;
    boolean answered = false;
    Future<T> answer = open.thread().submit(() -> call.on(open.client()));
    try {
      T result = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      answered = true;
      return result;
    } catch (TimeoutException e) {
      throw ServerFault.unanswered(server.uri(), deadline, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MlflowHttpException http) {
        answered = true;
        String body = http.getBodyMessage() == null ? "" : http.getBodyMessage();
        throw ServerFault.answered(server.uri(), what, http.getStatusCode(), body);
      }
      throw ServerFault.unanswered(server.uri(), e);
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "mlflow-call");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.end();
      connection = null;
    }
  }
}
