package org.trimtab.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes {@code run} optional: a spec in place of a command is run. */
final class DefaultCommand {
  private DefaultCommand() {}

  static String[] insert(String[] arguments, Set<String> commands) {
    boolean begins =
        arguments.length > 0
            && !commands.contains(arguments[0])
            && (isSpec(arguments[0])
                || (arguments[0].startsWith("-")
                    && Arrays.stream(arguments).anyMatch(DefaultCommand::isSpec)));
    if (!begins) {
      return arguments;
    }
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(0, "run");
    return all.toArray(String[]::new);
  }

  private static boolean isSpec(String argument) {
    String name = argument.toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return true;
    }
    try {
      return Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
