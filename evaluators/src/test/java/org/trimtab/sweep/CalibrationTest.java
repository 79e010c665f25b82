package org.trimtab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.method.Methods;
import org.trimtab.selftest.calibrate.Calibration;
import org.trimtab.spec.MethodKind;

/** A method that stops finding its planted effect, or a control that finds one, fails the build. */
class CalibrationTest {
  @TempDir private Path folder;

  @Test
  void everyMethodFindsItsPlantedEffectAndNoControlDoes() throws Exception {
    Files.createDirectories(folder.resolve("experiments"));
    for (String experiment : Calibration.experiments()) {
      String file = "experiments/" + experiment + ".yaml";
      Files.copy(Path.of("..", file), folder.resolve(file));
    }

    Program.Ended ended = new Program(folder, 1).run("selftest", "methods");

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("expectations hold").doesNotContain("FAIL");
  }

  @Test
  void everyMethodHasAnExpectation() {
    Set<String> methods =
        Methods.all().stream()
            .filter(declaration -> declaration.kind() != MethodKind.BASELINE)
            .map(declaration -> declaration.name())
            .collect(Collectors.toSet());
    assertThat(Calibration.methods()).isEqualTo(methods);
  }
}
