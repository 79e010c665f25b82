package org.trimtab.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights;
import org.trimtab.model.weights.Safetensors;
import org.trimtab.model.weights.SafetensorsWriter;

/** The decoder against PyTorch and transformers, for every family and site. */
class ParityReportTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Path PARITY = FIXTURES.resolve("parity");

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama",
        "llama-wide-heads",
        "llama3-rope",
        "mistral",
        "qwen2",
        "qwen3",
        "gemma2",
        "gemma3",
        "phi3",
        "gemma2-as-gguf",
        "gemma3-as-gguf"
      })
  void everythingAgreesWithTheReference(String family) {
    assertComplete(ParityReport.of(PARITY.resolve(family), null, Device.cpu()));
  }

  @Test
  void everythingAgreesWithWeightsFromGguf() {
    ParityReport report = ParityReport.of(PARITY, FIXTURES.resolve("gguf"), Device.cpu());
    assertThat(report.results())
        .extracting(ParityCheck.Result::family)
        .containsExactly(
            "gemma2-as-gguf", "gemma3-as-gguf", "llama", "llama3-rope", "qwen2", "qwen3");
    assertComplete(report);
    assertThat(report.text())
        .contains("No weights given for: gemma2, gemma3, llama-wide-heads, mistral, phi3");
  }

  private static void assertComplete(ParityReport report) {
    assertThat(report.text()).contains("comparisons pass.").doesNotContain("FAIL");
    assertThat(report.passes()).isTrue();
    for (ParityCheck.Result result : report.results()) {
      assertThat(result.absent()).isEmpty();
      assertThat(result.unread()).isEmpty();
      assertThat(result.findings())
          .extracting(Finding::kind)
          .contains(
              "hidden.0",
              "hidden.4",
              "logits",
              "greedy",
              "edit.logits",
              "edit.greedy",
              "delta.logits",
              "delta.grad",
              "prox.losses",
              "prox.vector",
              "prox.zeros",
              "fusion.logits",
              "fusion.greedy",
              "adapter.logits",
              "adapter.train.losses",
              "adapter.train.margins");
    }
  }

  @Test
  void aWrongValueFailsAndIsNamed() throws IOException {
    Path fixture = llama(Set.of(), "logits");
    ParityReport report = ParityReport.of(fixture, null, Device.cpu());
    assertThat(report.passes()).isFalse();
    assertThat(report.text()).contains("FAIL llama-copy logits").contains("comparisons FAIL.");
  }

  @Test
  void aFolderIsComparedOnWhatItHolds() throws IOException {
    Path fixture = llama(Set.of("fusion.reference", "edit.greedy"), "");
    ParityReport report = ParityReport.of(fixture, null, Device.cpu());
    assertThat(report.passes()).isTrue();
    assertThat(report.text())
        .contains(
            "llama-copy: compared as far as possible; it lacks edit.greedy, fusion.reference\n");
  }

  @Test
  void aFolderWithoutFixturesIsAClearError() {
    assertThatThrownBy(() -> ParityReport.of(folder, null, Device.cpu()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("expected.safetensors");
  }

  @Test
  void weightsOfOtherFamiliesAreAClearError() {
    assertThatThrownBy(() -> ParityReport.of(PARITY.resolve("phi3"), folder, Device.cpu()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("phi3.gguf");
  }

  /** The llama fixture without some tensors, the first value of one changed. */
  private Path llama(Set<String> without, String changed) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("llama-copy"));
    try (Stream<Path> files = Files.list(PARITY.resolve("llama"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
      }
    }
    Path expected = copy.resolve("expected.safetensors");
    SafetensorsWriter writer = new SafetensorsWriter();
    try (MappedWeights weights = Safetensors.open(expected)) {
      for (String name : weights.names()) {
        if (without.contains(name)) {
          continue;
        }
        List<Long> shape = weights.info(name).shape();
        if (weights.info(name).type().equals("I64")) {
          writer.longs(name, shape, weights.longs(name));
        } else {
          float[] values = weights.floats(name);
          values[0] += name.equals(changed) ? 0.01f : 0;
          writer.floats(name, shape, values);
        }
      }
    }
    Files.delete(expected);
    writer.write(expected);
    return copy;
  }
}
