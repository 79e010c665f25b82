package org.trimtab.track;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that is called as MLflow's is; a process of its own. It answers /health, and ends when
 * /end is asked for. Its first argument says how it behaves; it prints the others and what its
 * environment says.
 */
public final class FakeMlflow {
  private FakeMlflow() {}

  /** What the server does. */
  enum Behaviour {
    SERVES,
    STAYS_SILENT,
    ENDS_AT_ONCE
  }

  /** Writes a program that starts it, to be called with MLflow's arguments. */
  static Path program(Path folder, Behaviour behaviour) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path program = folder.resolve("mlflow-" + behaviour);
    Files.writeString(
        program,
        """
        #!/bin/sh
        exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                FakeMlflow.class.getName(),
                behaviour));
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + " cannot be made executable");
    }
    return program;
  }

  public static void main(String[] arguments) throws IOException {
    Behaviour behaviour = Behaviour.valueOf(arguments[0]);
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    System.out.println(String.join(" ", rest));
    System.out.println("folder " + Path.of("").toAbsolutePath());
    for (String name :
        List.of("MLFLOW_DISABLE_TELEMETRY", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "DO_NOT_TRACK")) {
      System.out.println(name + "=" + System.getenv(name));
    }
    if (behaviour == Behaviour.ENDS_AT_ONCE) {
      System.out.println("the database is from the future");
      System.exit(3);
    }
    int port = Integer.parseInt(rest.get(rest.indexOf("--port") + 1));
    InetAddress address = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
    if (behaviour != Behaviour.STAYS_SILENT) {
      server.createContext(
          "/health",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
    }
    server.createContext(
        "/end",
        exchange -> {
          System.out.println("out of memory");
          System.exit(9);
        });
    server.start();
  }
}
