package org.trimtab.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UsageException;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;

/** A shell script in Python's place, which writes down how it is called. */
class MlflowEnvironmentTest {
  private static final String VENV = "mkdir -p \"$4/bin\"; cp \"$0\" \"$4/bin/python\"";

  private static final String PIP =
      """
      echo 'Collecting mlflow==3.17.2'
      echo '  Downloading mlflow-3.17.2-py3-none-any.whl (12.5 MB)'
      echo '  Using cached numpy-2.4.0-cp311-cp311-manylinux_2_28_x86_64.whl (500 kB)'
      echo 'Installing collected packages: numpy, mlflow'
      touch "$(dirname "$0")/mlflow"
      """;

  @TempDir private Path folder = Path.of("");
  private final List<String> told = new ArrayList<>();

  @Test
  void isInstalledOnceAtAPinnedVersion() throws IOException {
    Path program = find(python(VENV, PIP));
    Path home = folder.resolve("cache/mlflow/3.17.2");

    assertThat(program).isEqualTo(home.resolve("bin/mlflow")).isRegularFile();
    assertThat(find(folder.resolve("python"))).isEqualTo(program);
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .containsExactly(
            "-m venv --clear " + home,
            "-m pip install --no-input --disable-pip-version-check --progress-bar off"
                + " mlflow==3.17.2");
    assertThat(told)
        .containsExactly(
            "installing MLflow 3.17.2 in " + home + " (850 MB, about a minute, once)",
            "MLflow 3.17.2 12500000",
            "MLflow 3.17.2 13000000",
            "unpacking 2 packages");
  }

  @Test
  void whatAnInterruptedInstallationLeftIsMadeAnew() throws IOException {
    Path program = folder.resolve("cache/mlflow/3.17.2/bin/mlflow");
    Files.createDirectories(program.getParent());
    Files.createFile(program);
    assertThat(find(python(VENV, PIP))).isEqualTo(program);
    assertThat(Files.readString(folder.resolve("calls"))).contains("pip install");
  }

  @Test
  void withoutPythonTheMessageSaysWhatToInstall() {
    assertThatThrownBy(() -> find(folder.resolve("no-such-python")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no-such-python cannot be started")
        .hasMessageContaining("Python 3.10 or later")
        .hasMessageContaining("apt-get install python3-venv")
        .hasMessageContaining("TRIMTAB_MLFLOW");
  }

  @Test
  void withoutVenvTheMessageSaysWhatToInstall() throws IOException {
    Path python = python("echo 'ensurepip is not available.'; exit 1", PIP);
    assertThatThrownBy(() -> find(python))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "No Python environment could be made (status 1): ensurepip is not available.")
        .hasMessageContaining("apt-get install python3-venv");
  }

  @Test
  void withoutNetworkTheMessageSaysSoAndTheNextTryStartsAnew() throws IOException {
    String offline =
        """
        echo 'Collecting mlflow==3.17.2'
        echo 'ERROR: Could not find a version that satisfies the requirement mlflow==3.17.2'
        echo 'ERROR: No matching distribution found for mlflow==3.17.2'
        exit 1
        """;
    Path python = python(VENV, offline);
    assertThatThrownBy(() -> find(python))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("MLflow 3.17.2 could not be installed (status 1): ERROR: Could not")
        .hasMessageContaining("No matching distribution found")
        .hasMessageContaining("pip configuration");
    assertThat(find(python(VENV, PIP))).isRegularFile();
  }

  @Test
  void anMlflowOfTheUsersOwnIsTakenAsItIs() throws IOException {
    Path own = python(VENV, PIP);
    assertThat(
            MlflowProgram.find(Map.of("TRIMTAB_MLFLOW", own.toString()), settings(own), teller()))
        .isEqualTo(own);
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void anMlflowThatIsNotThereIsAUsageError() {
    Map<String, String> environment = Map.of("TRIMTAB_MLFLOW", folder.toString());
    assertThatThrownBy(() -> MlflowProgram.find(environment, settings(folder), teller()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("TRIMTAB_MLFLOW is '" + folder + "', which is not a program")
        .hasMessageContaining("bin/mlflow");
  }

  private Path find(Path python) {
    return MlflowProgram.find(Map.of(), settings(python), teller());
  }

  private SourceSettings settings(Path python) {
    String cache = folder.resolve("cache").toString();
    return SourceSettings.of(
        Map.of("TRIMTAB_CACHE", cache, "TRIMTAB_PYTHON", python.toString()), folder);
  }

  private Path python(String venv, String pip) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(
        python,
        """
        #!/bin/sh
        echo "$@" >> '%s'
        case $2 in
          venv) %s ;;
          pip) %s ;;
        esac
        """
            .formatted(folder.resolve("calls"), venv, pip.strip()));
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return python;
  }

  private Progress teller() {
    return new Progress() {
      @Override
      public void advance(String what, long bytes, OptionalLong total) {
        told.add(what + " " + bytes);
      }

      @Override
      public void note(String message) {
        told.add(message);
      }
    };
  }
}
