package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles what is in examples/ as a user would, against the class path of the tests. */
final class Example {
  private Example() {}

  /** Compiles all sources of a folder, warnings being errors; returns the folder of classes. */
  static Path compile(Path sources, Path classes) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-proc:none", "-Werror"));
    arguments.addAll(List.of("-d", Files.createDirectories(classes).toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    files(sources).forEach(file -> arguments.add(file.toString()));
    String[] all = arguments.toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, all)).isZero();
    return classes;
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
