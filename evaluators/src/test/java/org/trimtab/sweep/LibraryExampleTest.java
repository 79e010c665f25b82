package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.evaluators.Project;

/** The program of docs/library.md. */
class LibraryExampleTest {
  private static final Path SOURCES = Project.file("examples/library/src/main/java");

  @TempDir Path folder;

  @Test
  void theProgramSteersAndMeasures() throws Exception {
    Path classes = Example.compile(SOURCES, folder.resolve("classes"));
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path", ""),
                "Steer")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("TRIMTAB_CACHE", folder.resolve("cache").toString());

    int exitCode = builder.start().waitFor();

    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(exitCode).as(text).isZero();
    Matcher scores = Pattern.compile("mc1 (0\\.\\d+) before, (0\\.\\d+) after\n$").matcher(text);
    assertThat(text).startsWith("before: ").contains("\nafter: ");
    assertThat(scores.find()).as(text).isTrue();
    assertThat(Double.parseDouble(scores.group(2)))
        .isGreaterThan(Double.parseDouble(scores.group(1)));
  }

  @Test
  void theDocumentShowsTheProgram() throws IOException {
    assertThat(Files.readString(Project.file("docs/library.md")))
        .contains("```java\n" + Files.readString(SOURCES.resolve("Steer.java")) + "```\n");
  }
}
