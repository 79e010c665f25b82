package org.trimtab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class in a process of its own. Signals have their default effect there, even where the
 * tests themselves run without a terminal and ignore them (nohup, jobs in the background).
 */
public final class ChildJava {
  private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal=INT,HUP");

  private ChildJava() {}

  /** The process, not started yet, with the tests' class path. */
  public static ProcessBuilder of(Class<?> main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(knowsDefaults() ? DEFAULT_SIGNALS : List.of());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Whether env has the option: coreutils 8.31 or later. */
  private static boolean knowsDefaults() throws Exception {
    List<String> command = new ArrayList<>(DEFAULT_SIGNALS);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noEnv) {
      return false;
    }
  }
}
