package org.trimtab.run.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trimtab.model.kernel.Machine;
import org.trimtab.run.Environment;

class EnvironmentDifferencesTest {
  private static final Machine MACHINE = new Machine("Abacus 9", 8, 4, "cpu", null, null);
  private static final Machine WITH_GPU =
      new Machine("Abacus 9", 8, 4, "cu128", "Slate 80GB", "570.1");

  private static Environment environment(String device, Machine machine) {
    return new Environment(
        "17.0.15",
        "Linux 6.1 amd64",
        "PyTorch 2.7.1",
        device,
        "a",
        "Vendor",
        "1",
        "0.21",
        machine,
        Collections.emptySortedMap());
  }

  private static void assertDifferences(Environment was, Environment is, String... expected) {
    List<String> found =
        EnvironmentDifferences.between(was, is).stream()
            .map(each -> each.severity() + " " + each.what())
            .toList();
    assertThat(found).containsExactlyInAnyOrder(expected);
  }

  @Test
  void theSameMachineGivesTheSameBits() {
    assertDifferences(environment("cpu, float32", MACHINE), environment("cpu, float32", MACHINE));
  }

  @Test
  void processorThreadsAndLibraryRoundInOtherPlaces() {
    assertDifferences(
        environment("cpu, float32", MACHINE),
        environment("cpu, float32", new Machine("Abacus 7", 2, 2, "cpu-own", null, null)),
        "ROUNDING processor",
        "ROUNDING threads",
        "ROUNDING native library",
        "HARMLESS processors of the process");
  }

  @Test
  void onAGpuTheProcessorDoesNotMatter() {
    assertDifferences(
        environment("gpu:0, float32", WITH_GPU),
        environment(
            "gpu:1, float32", new Machine("Abacus 7", 8, 2, "cu128", "Slate 40GB", "570.2")),
        "HARMLESS device",
        "HARMLESS processor",
        "HARMLESS threads",
        "ROUNDING GPU",
        "HARMLESS GPU driver");
  }

  @Test
  void float16RoundsAHundredTimesAsMuch() {
    assertDifferences(
        environment("gpu:0, float16", WITH_GPU),
        environment("gpu:0, float16", new Machine("Abacus 9", 8, 4, "cu128", "Slate", "570.1")),
        "ARITHMETIC GPU");
  }

  @Test
  void anotherKindOfDeviceIsOtherArithmetic() {
    assertDifferences(
        environment("gpu:0, float32", new Machine("Abacus 9", 8, 4, "cpu", "Slate", "570.1")),
        environment("cpu, float32", MACHINE),
        "ARITHMETIC device");
  }

  @Test
  void javaAndTheSystemDoNotMatterAndTheEngineDoes() {
    Environment was = environment("cpu, float32", MACHINE);
    Environment is =
        new Environment(
            "21",
            "Darwin",
            "PyTorch 2.9",
            "cpu, float32",
            "b",
            "Other",
            "2",
            "0.22",
            MACHINE,
            Collections.emptySortedMap());
    assertDifferences(
        was,
        is,
        "HARMLESS Java",
        "HARMLESS Java's vendor",
        "HARMLESS operating system",
        "HARMLESS tokenizers library",
        "ROUNDING engine");
  }

  @Test
  void theProgramIsToldByItsCommitElseByItsVersion() {
    assertThat(code("a", "a")).isEmpty();
    assertThat(code("a", "b"))
        .singleElement()
        .extracting(Difference::reason)
        .asString()
        .contains("git checkout a");
    assertThat(code("a-dirty", "a-dirty"))
        .singleElement()
        .extracting(Difference::reason)
        .asString()
        .contains("it is not known how");
    assertThat(code("a", "a-dirty"))
        .singleElement()
        .extracting(Difference::reason)
        .asString()
        .contains("git status");
    assertThat(code(null, "a")).hasSize(1);
    assertThat(code(null, null)).isEmpty();
    Environment now =
        new Environment(
            "17",
            "Linux",
            "PyTorch 2.7.1",
            "cpu",
            null,
            "V",
            "2",
            "0.21",
            MACHINE,
            Collections.emptySortedMap());
    assertThat(CodeDifferences.between(now, now)).isEmpty();
    Environment before =
        new Environment(
            "17",
            "Linux",
            "PyTorch 2.7.1",
            "cpu",
            null,
            "V",
            "1",
            "0.21",
            MACHINE,
            Collections.emptySortedMap());
    assertThat(CodeDifferences.between(before, now))
        .extracting(Difference::severity)
        .containsExactly(Severity.CODE);
  }

  private static List<Difference> code(@Nullable String was, @Nullable String is) {
    return CodeDifferences.between(ofCommit(was), ofCommit(is));
  }

  private static Environment ofCommit(@Nullable String commit) {
    return new Environment(
        "17",
        "Linux",
        "PyTorch 2.7.1",
        "cpu",
        commit,
        "V",
        "1",
        "0.21",
        MACHINE,
        Collections.emptySortedMap());
  }
}
