package org.trimtab.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An output for people: a terminal or a pipe.
 *
 * @param out the stream
 * @param interactive whether a line can be rewritten in place
 * @param colours whether colours may be used
 * @param columns the width, in characters
 */
public record Terminal(PrintStream out, boolean interactive, boolean colours, int columns) {
  private static final int DEFAULT_COLUMNS = 100;

  /** Standard error of this process, as its environment describes it. */
  public static Terminal standardError() {
    return of(System.err, onTerminal(), System.getenv());
  }

  /** Standard output of this process, as its environment describes it. */
  public static Terminal standardOutput() {
    return of(System.out, onTerminal(), System.getenv());
  }

  /**
   * A stream, as environment variables describe it: {@code TERM=dumb} is not interactive, a
   * non-empty {@code NO_COLOR} forbids colours (no-color.org), {@code COLUMNS} is the width.
   */
  static Terminal of(PrintStream out, boolean console, Map<String, String> variables) {
    boolean interactive = console && !"dumb".equals(variables.get("TERM"));
    boolean colours = interactive && variables.getOrDefault("NO_COLOR", "").isEmpty();
    String columns = variables.getOrDefault("COLUMNS", "");
    boolean known = columns.matches("[1-9]\\d{1,3}");
    return new Terminal(
        out, interactive, colours, known ? Integer.parseInt(columns) : DEFAULT_COLUMNS);
  }

  /** The same with the width that a terminal has now, where the environment does not say. */
  public Terminal measured() {
    return interactive && System.getenv("COLUMNS") == null
        ? new Terminal(out, true, colours, ttyColumns())
        : this;
  }

  /** The second word of {@code stty size}. */
  private int ttyColumns() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      String[] size =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .split(" ");
      boolean known = size.length == 2 && size[1].matches("[1-9]\\d{1,3}");
      return known ? Integer.parseInt(size[1]) : columns;
    } catch (IOException e) {
      return columns;
    }
  }

  /** Bold text. */
  public String bold(String text) {
    return styled("1", text);
  }

  /** Text that reports success. */
  public String green(String text) {
    return styled("32", text);
  }

  /** Text that reports failure. */
  public String red(String text) {
    return styled("31", text);
  }

  /** Text that reports a warning. */
  public String yellow(String text) {
    return styled("33", text);
  }

  /**
   * Whether input and output are a terminal. Before Java 22 a console exists only then; from Java
   * 22 on the console has a method for this, which the API of this release lacks.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private String styled(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
