package org.trimtab.data.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.trimtab.UserException;

/**
 * A completed command of Python.
 *
 * @param status its exit status
 * @param lines what it printed, without empty lines
 */
public record PythonCommand(int status, List<String> lines) {
  private static final int MOST_LINES = 3;

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
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    defaults.forEach(builder.environment()::putIfAbsent);
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UserException(command.get(0) + " cannot be started. " + advice, e);
    }
    List<String> lines = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (!line.isBlank()) {
          lines.add(line.strip());
          listener.accept(line.strip());
        }
      }
      return new PythonCommand(process.waitFor(), lines);
    } catch (IOException e) {
      throw new UserException("the output of " + command.get(0) + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while " + command.get(0) + " was running", e);
    } finally {
      process.destroy();
    }
  }

  /** Its last lines, or the last errors if it printed any. */
  public String complaint() {
    List<String> errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    List<String> chosen = errors.isEmpty() ? lines : errors;
    return String.join(" ", chosen.subList(Math.max(0, chosen.size() - MOST_LINES), chosen.size()));
  }
}
