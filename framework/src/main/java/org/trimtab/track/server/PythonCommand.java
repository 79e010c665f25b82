package org.trimtab.track.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.trimtab.UserException;

/**
 * A completed command.
 *
 * @param status its exit status
 * @param lines what it printed, without empty lines
 * @param advice what to do when it failed
 */
record PythonCommand(int status, List<String> lines, String advice) {
  private static final int MOST_LINES = 3;

  /**
   * Runs a command.
   *
   * @param listener receives each line of output
   * @param advice what to do when it fails
   * @throws UserException when it cannot be started
   */
  static PythonCommand run(List<String> command, Consumer<String> listener, String advice) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // pip's own defaults wait for minutes without a network; the user's settings take precedence.
    builder.environment().putIfAbsent("PIP_RETRIES", "1");
    Process process;
    try {
      process = builder.start();
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
      return new PythonCommand(process.waitFor(), lines, advice);
    } catch (IOException e) {
      throw new UserException("the output of " + command.get(0) + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while " + command.get(0) + " was running", e);
    } finally {
      process.destroy();
    }
  }

  /**
   * Throws if the command failed.
   *
   * @param what the failed step, for the message
   * @throws UserException with the failed step, the last line of output, and the advice
   */
  void check(String what) {
    if (status != 0) {
      throw new UserException(
          "%s (status %d): %s\n%s".formatted(what, status, complaint(), advice));
    }
  }

  private String complaint() {
    List<String> errors = lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    List<String> chosen = errors.isEmpty() ? lines : errors;
    return String.join(" ", chosen.subList(Math.max(0, chosen.size() - MOST_LINES), chosen.size()));
  }
}
