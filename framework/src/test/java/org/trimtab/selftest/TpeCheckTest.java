package org.trimtab.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.UserException;

/** The tuner tpe against Optuna 5.0.0. */
class TpeCheckTest {
  private static final Path OPTUNA = Path.of("src/test/resources/fixtures/tpe/optuna.json");

  @TempDir private Path folder = Path.of("");

  @Test
  void splitsDensitiesAndRegretAreThoseOfOptuna() {
    List<Finding> findings = TpeCheck.run(OPTUNA);
    assertThat(findings).hasSize(30 * 3 + 3 * 4).allMatch(Finding::passes);
  }

  @Test
  void anotherSplitOrDensityFails() throws IOException {
    String changed =
        Files.readString(OPTUNA)
            .replace("\"below\":[5,19,22,23]", "\"below\":[5,19,22,24]")
            .replace("\"log_l\":[-1.5584839361744334", "\"log_l\":[-1.5584839261744334");
    Path file = Files.writeString(folder.resolve("changed.json"), changed);
    assertThat(TpeCheck.run(file).stream().filter(finding -> !finding.passes()))
        .extracting(finding -> finding.subject() + " " + finding.kind())
        .containsExactlyInAnyOrder("one float, 1 trials log_l", "one float, 40 trials split");
  }

  @Test
  void aFunctionThatNobodyKnowsIsNamed() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("unknown.json"),
            "{\"regret\": [{\"function\": \"rastrigin\", \"seeds\": 1}]}");
    assertThatThrownBy(() -> TpeCheck.run(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'rastrigin'")
        .hasMessageContaining("sphere3, branin, mixed");
  }

  @Test
  void aFileWithNothingToCompareIsAClearError() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.json"), "{}");
    assertThatThrownBy(() -> TpeCheck.run(file)).hasMessageContaining("nothing to compare");
  }
}
