package org.trimtab.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.ChildJava;
import org.trimtab.UserException;
import org.trimtab.io.Secrets;

class PythonCommandTest {
  /** A process that runs a command and prints its lines. */
  static final class Installer {
    private Installer() {}

    public static void main(String[] command) {
      PythonCommand.run(List.of(command), Map.of(), System.out::println, "");
    }
  }

  @Test
  void linesAndStatusAreThoseOfTheCommand() {
    List<String> lines = new ArrayList<>();
    PythonCommand done =
        PythonCommand.run(
            List.of("/bin/sh", "-c", "echo $A $0; echo; echo ERROR: no >&2; exit 3", "it's \"x\""),
            Map.of("A", "1"),
            lines::add,
            "");
    assertThat(done.status()).isEqualTo(3);
    assertThat(lines).containsExactly("1 it's \"x\"", "ERROR: no");
    assertThat(done.complaint()).isEqualTo("ERROR: no");
  }

  @Test
  void whatPipShowsOfAnIndexIsRedacted() {
    assertThat(Secrets.of("HF_TOKEN", "hush-hush-hush")).isPresent();
    String shown = "echo Looking in https://someone:word@host/simple with hush-hush-hush; exit 1";
    assertThat(
            PythonCommand.run(List.of("/bin/sh", "-c", shown), Map.of(), line -> {}, "")
                .complaint())
        .isEqualTo("Looking in https://...@host/simple with [HF_TOKEN]");
  }

  @Test
  void aMissingProgramIsNamedWithTheAdvice() {
    assertThatThrownBy(
            () -> PythonCommand.run(List.of("/no/python"), Map.of(), line -> {}, "Install it."))
        .isInstanceOf(UserException.class)
        .hasMessage("/no/python cannot be started. Install it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-TERM", "-HUP", "-KILL"})
  void theCommandEndsWithItsProcess(String signal) throws Exception {
    Process installer =
        ChildJava.of(Installer.class, "/bin/sh", "-c", "sleep 120 & echo $!; wait")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = installer.inputReader()) {
      ProcessHandle sleep = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(sleep.isAlive()).isTrue();
      String pid = Long.toString(installer.pid());
      assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
      assertThat(sleep.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      installer.destroyForcibly();
    }
  }
}
