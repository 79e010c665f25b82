package org.trimtab.data.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;

/**
 * A completed command of Python.
 *
 * @param status its exit status
 * @param lines what it printed, without empty lines
 */
public record PythonCommand(int status, List<String> lines) {
  private static final int MOST_LINES = 3;

  /**
   * Runs a program that ends with this process, however that ends: then the standard input of the
   * shell, which nobody writes to, is closed.
   */
  private static final String BOUND_TO_US =
      """
      exec 3<&0
      "$@" </dev/null 3<&- & child=$!
      (read -r never <&3; pkill -TERM -P $child; kill $child) >/dev/null 2>&1 & watch=$!
      wait $child; status=$?
      kill $watch
      exit $status
      """;

  private static final int CANNOT_EXECUTE = 126;
  private static final int NOT_FOUND = 127;

  /**
   * Runs a command without input.
   *
   * @param defaults environment variables that apply where the user's environment has none
   * @param listener receives each line of output
   * @param advice what to do when it cannot be started
   * @throws UserException when it cannot be started
   */
  public static PythonCommand run(
      List<String> command,
      Map<String, String> defaults,
      Consumer<String> listener,
      String advice) {
    List<String> bound = new ArrayList<>(List.of("/bin/sh", "-c", BOUND_TO_US, "sh"));
    bound.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(bound).redirectErrorStream(true);
    defaults.forEach(builder.environment()::putIfAbsent);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UserException(command.get(0) + " cannot be started. " + advice, e);
    }
    Thread end = new Thread(() -> end(process), "end of " + command.get(0));
    Runtime.getRuntime().addShutdownHook(end);
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isBlank()) {
          // pip may show the address of an index or a proxy.
          String shown = Secrets.withoutUserInfo(Secrets.redact(line.strip()));
          lines.add(shown);
          listener.accept(shown);
        }
      }
      int status = process.waitFor();
      if (status == NOT_FOUND || status == CANNOT_EXECUTE) {
        throw new UserException(command.get(0) + " cannot be started. " + advice);
      }
      return new PythonCommand(status, lines);
    } catch (IOException e) {
      throw new UserException("the output of " + command.get(0) + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while " + command.get(0) + " was running", e);
    } finally {
      end(process);
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // This process is ending: the hook runs.
      }
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  /** Its last lines, or the last errors if it printed any. */
  public String complaint() {
    List<String> errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    List<String> chosen = errors.isEmpty() ? lines : errors;
    return String.join(" ", chosen.subList(Math.max(0, chosen.size() - MOST_LINES), chosen.size()));
  }
}
