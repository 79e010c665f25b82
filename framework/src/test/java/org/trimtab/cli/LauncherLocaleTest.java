package org.trimtab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, with a script in Java's place that prints what it is given. */
class LauncherLocaleTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void release() throws IOException {
    Files.copy(Path.of("../run"), folder.resolve("run"));
    Files.createDirectories(folder.resolve("lib"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "17.0.1"'
        else
          echo "charmap $(locale charmap)"
          echo "home $HOME"
          printf '%s\\n' "$@"
        fi
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private List<String> run(Map<String, String> environment) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", folder.resolve("run").toString(), "check", "sp\u00e9c.yaml")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void javaReadsNamesOfFilesInUtf8WhateverTheLocale() throws Exception {
    for (String locale : List.of("C", "POSIX", "C.UTF-8", "xx_XX.ISO-8859-1")) {
      Map<String, String> environment = new HashMap<>(Map.of("LANG", locale));
      environment.put("TRIMTAB_CACHE", folder.resolve("cache").toString());
      assertThat(run(environment)).as(locale).contains("charmap UTF-8");
      environment.put("LC_ALL", locale);
      assertThat(run(environment)).as(locale).contains("charmap UTF-8");
    }
  }

  @Test
  void withoutAHomeTheCacheIsBelowTheFolderOfTemporaryFiles() throws Exception {
    assertThat(run(Map.of("TRIMTAB_CACHE", folder.resolve("cache").toString())))
        .contains("home /tmp", "org.trimtab.cli.Main", "check");
    assertThat(run(Map.of("HOME", folder.toString()))).contains("home " + folder);
  }
}
