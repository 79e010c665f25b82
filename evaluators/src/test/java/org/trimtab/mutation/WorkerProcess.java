package org.trimtab.mutation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One process that runs commands, replaced when it dies, hangs or has run many. A process of its
 * own for every command would be a hundred times as slow.
 */
final class WorkerProcess implements AutoCloseable {
  /** What a command came to. */
  record Ended(Kind kind, int exitCode, String out, String err, Duration time) {
    /** How. */
    enum Kind {
      ENDED,
      ABORTED,
      HUNG
    }

    /** All that was printed. */
    String text() {
      return err + out;
    }
  }

  private static final int COMMANDS = 400;

  private final Path folder;
  private final Path data;
  private final Duration limit;
  private final ServerSocket server;
  private @Nullable Process process;
  private @Nullable Socket socket;
  private int commands;

  /**
   * @param folder the worker's own folder, with its cache
   * @param data the folder of data sets
   * @param limit the time limit of a command
   */
  WorkerProcess(Path folder, Path data, Duration limit) {
    this.folder = folder;
    this.data = data;
    this.limit = limit;
    try {
      Files.createDirectories(folder);
      server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      server.setSoTimeout(60_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command of the program. */
  Ended run(List<String> command) {
    try {
      Socket connection = connection();
      long begin = System.nanoTime();
      try {
        DataOutputStream out = new DataOutputStream(connection.getOutputStream());
        out.writeInt(command.size());
        for (String argument : command) {
          Worker.write(out, argument);
        }
        out.flush();
        DataInputStream in = new DataInputStream(connection.getInputStream());
        int exitCode = in.readInt();
        String printed = Worker.read(in);
        return new Ended(Ended.Kind.ENDED, exitCode, printed, Worker.read(in), since(begin));
      } catch (SocketTimeoutException hung) {
        String dump = threads();
        stop();
        return new Ended(
            Ended.Kind.HUNG, -1, "", "no end within " + limit + "\n" + dump, since(begin));
      } catch (IOException died) {
        int exitCode = stop();
        return new Ended(Ended.Kind.ABORTED, exitCode, "", lastWords(), since(begin));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private String lastWords() throws IOException {
    String printed = Files.readString(folder.resolve("output.txt"), StandardCharsets.ISO_8859_1);
    return printed.substring(Math.max(0, printed.length() - 1500));
  }

  /** Where the process's main thread is. */
  private String threads() throws IOException {
    Process running = process;
    if (running == null) {
      return "";
    }
    try {
      new ProcessBuilder("kill", "-QUIT", Long.toString(running.pid())).start().waitFor();
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String printed = Files.readString(folder.resolve("output.txt"), StandardCharsets.ISO_8859_1);
    int main = printed.lastIndexOf("\"main\"");
    return main < 0 ? "" : printed.substring(main, Math.min(printed.length(), main + 4000));
  }

  private Socket connection() throws IOException {
    if (++commands % COMMANDS == 0) {
      stop();
    }
    Socket running = socket;
    if (running != null) {
      return running;
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx700m",
            "-Xss4m",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("crash.txt"),
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path", ""),
            Worker.class.getName(),
            Integer.toString(server.getLocalPort()),
            folder.toString(),
            data.toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    process = builder.start();
    Socket connected = server.accept();
    connected.setSoTimeout((int) limit.toMillis());
    socket = connected;
    return connected;
  }

  /** Ends the process and returns its exit code. */
  private int stop() throws IOException {
    Process running = process;
    Socket connected = socket;
    process = null;
    socket = null;
    if (connected != null) {
      connected.close();
    }
    if (running == null) {
      return 0;
    }
    try {
      if (!running.waitFor(2, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
      return running.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      stop();
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
