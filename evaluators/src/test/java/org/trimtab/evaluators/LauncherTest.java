package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} in a folder of its own, with a program of one class and a Maven that is a script. */
class LauncherTest {
  private static final String MAIN =
      """
      package org.trimtab.cli;
      public final class Main {
        public static void main(String[] words) {
          System.out.println("started with " + String.join(" ", words));
        }
      }
      """;

  private static final String WARNING =
      """
      [INFO] Compiling 3 source files
      [WARNING] system modules path not set
      [WARNING] ROOT/evaluators/src/main/java/A.java:[3,5] redundant cast
        to java.lang.String
      [WARNING] ROOT/evaluators/src/main/java/A.java:[3,5] redundant cast
      [INFO] done
      """;

  private static final String ERROR =
      """
      [ERROR] COMPILATION ERROR :
      [ERROR] ROOT/framework/src/main/java/B.java:[7,1] cannot find symbol
        symbol:   class Nothing
        location: class B
      [INFO] 1 error
      [ERROR] Failed to execute goal compile: Compilation failure
      [ERROR] ROOT/framework/src/main/java/B.java:[7,1] cannot find symbol
      [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
      """;

  @TempDir private Path temporary;
  private Path root;

  /** How a start ended: exit code, and what it printed. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    root = Files.createDirectory(temporary.toRealPath().resolve("trimtab"));
    Files.copy(Project.file("run"), root.resolve("run"));
    Files.createDirectory(temporary.resolve("bin"));
    program(temporary.resolve("program.jar"));
  }

  @Test
  void aReleaseStartsWithoutMaven() throws IOException, InterruptedException {
    Files.createDirectory(root.resolve("lib"));
    Files.copy(temporary.resolve("program.jar"), root.resolve("lib/program.jar"));
    maven("exit 1", "");

    assertThat(start()).isEqualTo(new Ended(0, "started with plan spec.yaml\n", ""));
    assertThat(root.resolve("target")).doesNotExist();
  }

  @Test
  void warningsAreShownAndDoNotStop() throws IOException, InterruptedException {
    Path warned = Files.createDirectories(root.resolve("evaluators/target/classes"));
    Path quiet = Files.createDirectories(root.resolve("framework/target/classes"));
    sources();
    maven("mkdir -p app/target/lib; cp ../program.jar app/target/lib/", WARNING);

    Ended first = start();

    assertThat(first.out()).isEqualTo("started with plan spec.yaml\n");
    assertThat(first.err())
        .isEqualTo(
            """
            Building Trimtab (first use: a minute or two, and downloads) ...
            [WARNING] ROOT/evaluators/src/main/java/A.java:[3,5] redundant cast
              to java.lang.String
            """
                .replace("ROOT", root.toString()));
    assertThat(warned).as("compiled again by mvn verify, which stops").doesNotExist();
    assertThat(quiet).exists();
    assertThat(start()).isEqualTo(new Ended(0, "started with plan spec.yaml\n", ""));
  }

  @Test
  void errorsAreShownWhole() throws IOException, InterruptedException {
    sources();
    maven("exit 1", ERROR);

    Ended ended = start();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            """
            Building Trimtab (first use: a minute or two, and downloads) ...
            [ERROR] ROOT/framework/src/main/java/B.java:[7,1] cannot find symbol
              symbol:   class Nothing
              location: class B
            The build failed; all of Maven's output is in ROOT/target/build.log
            """
                .replace("ROOT", root.toString()));
  }

  private void sources() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "");
    for (String module : List.of("framework", "evaluators")) {
      Files.createDirectories(root.resolve(module + "/src/main"));
      Files.writeString(root.resolve(module + "/pom.xml"), "");
    }
  }

  private void maven(String does, String log) throws IOException {
    Path script = temporary.resolve("bin/mvn");
    Files.writeString(temporary.resolve("log"), log.replace("ROOT", root.toString()));
    Files.writeString(script, "#!/usr/bin/env bash\ncat ../log\n" + does + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private Ended start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", root.resolve("run").toString(), "plan", "spec.yaml")
            .redirectOutput(temporary.resolve("out").toFile())
            .redirectError(temporary.resolve("err").toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TRIMTAB_CACHE", temporary.resolve("cache").toString());
    builder.environment().remove("TRIMTAB_JAVA_OPTS");
    builder.environment().compute("PATH", (name, path) -> temporary.resolve("bin") + ":" + path);
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(temporary.resolve("out")),
        Files.readString(temporary.resolve("err")));
  }

  private void program(Path jar) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///org/trimtab/cli/Main.java"), Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return MAIN;
          }
        };
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", temporary.toString());
    assertThat(compiler.getTask(messages, null, null, options, null, List.of(source)).call())
        .as(messages.toString())
        .isTrue();
    String entry = "org/trimtab/cli/Main.class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, new Manifest())) {
      out.putNextEntry(new JarEntry(entry));
      Files.copy(temporary.resolve(entry), out);
      out.closeEntry();
    }
  }
}
