package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.evaluators.Project;

/** The plug-in of docs/extending.md, from its sources to a table. */
class ExtensionExampleTest {
  private static final Path EXAMPLE = Project.file("examples/extension");

  @TempDir Path folder;

  @Test
  void aJarInThePluginFolderIsFoundAndRecorded() throws Exception {
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    jar(compiled(), plugins.resolve("letters.jar"));
    Program program = new Program(folder, 1);
    Path spec = EXAMPLE.resolve("letters.yaml");
    Path results = folder.resolve("results");

    Program.Ended sweep = program.run(spec.toString(), "--results", results.toString());

    assertThat(sweep.exitCode()).as(sweep.output()).isZero();
    assertThat(Files.readAllLines(results.resolve("letters/cells.csv"))).hasSize(1 + 4);
    assertThat(sweep.output()).contains("silenced-block", "world-truth/per_answer");
    Program.Ended verified = program.run("verify", "letters", "--results", results.toString());
    assertThat(verified.exitCode()).as(verified.output()).isZero();
    assertThat(firstLine(results).at("/environment/plugins/letters.jar").asText())
        .matches("[0-9a-f]{64}");

    Path misspelt = folder.resolve("misspelt.yaml");
    Files.writeString(misspelt, Files.readString(spec).replace("letter-count:", "letter-coun:"));
    Program.Ended mistake = program.run("check", misspelt.toString());
    assertThat(mistake.exitCode()).isEqualTo(2);
    assertThat(mistake.output()).contains("did you mean 'letter-count'?");

    Files.delete(plugins.resolve("letters.jar"));
    Program.Ended without = program.run("check", spec.toString());
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.output()).contains("unknown method 'silenced-block'");
  }

  private JsonNode firstLine(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      Path journal = files.filter(file -> file.endsWith("journal.jsonl")).findAny().orElseThrow();
      return new ObjectMapper().readTree(Files.readAllLines(journal).get(0));
    }
  }

  /** The folder of the example's classes and services. */
  private Path compiled() throws IOException {
    Path classes = Example.compile(EXAMPLE.resolve("src/main/java"), folder.resolve("classes"));
    Path resources = EXAMPLE.resolve("src/main/resources");
    for (Path file : Example.files(resources)) {
      Path target = classes.resolve(resources.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
    return classes;
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path each : Example.files(classes)) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
