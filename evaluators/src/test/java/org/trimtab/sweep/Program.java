package org.trimtab.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trimtab.testing.TinyModel;
import org.trimtab.testing.TinyQuestions;

/** Runs the command line in processes of its own, in a folder with a tiny model and data. */
final class Program {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private ProcessBuilder.Redirect input = ProcessBuilder.Redirect.PIPE;

  Program(Path folder, int items) {
    this.folder = folder;
    TinyModel.write(folder.resolve("model"));
    TinyQuestions.write(folder.resolve("data"), items);
  }

  /** Sets an environment variable for the processes to come. */
  Program with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** Lets the processes to come read a file as their standard input. */
  Program reading(Path file) {
    input = ProcessBuilder.Redirect.from(file.toFile());
    return this;
  }

  /** What a finished process left. */
  record Ended(int exitCode, String output) {}

  /** Writes a spec with some methods and returns its file. */
  Path spec(String name, String methods) {
    String text =
        """
        name: %s
        question: Does the program keep its word?
        model: %s
        methods:
        %s
        evaluate:
          truthfulqa-mc: {}
          perplexity: {tokens: 600, window: 128, stride: 64}
        """
            .formatted(name, folder.resolve("model"), methods.indent(2).stripTrailing());
    return write(name + ".yaml", text);
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command; its output goes to a file. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Dtrimtab.project=" + folder));
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add("org.trimtab.cli.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(input)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    builder.environment().put("TRIMTAB_CACHE", folder.resolve("cache").toString());
    builder.environment().put("TRIMTAB_DATA", folder.resolve("data").toString());
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** Runs a command to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    int exitCode = start(arguments).waitFor();
    return new Ended(
        exitCode, Files.readString(folder.resolve("output.txt"), StandardCharsets.UTF_8));
  }

  /** What must be the same between runs: cells.csv and every cell's items. */
  static String results(Path results) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.equals("cells.csv") || name.matches("items.*\\.jsonl")) {
          all.append(results.relativize(file)).append('\n').append(Files.readString(file));
        }
      }
    }
    return all.toString();
  }
}
