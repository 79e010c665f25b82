package org.trimtab.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in the hub's layout is read back as the same model, for every family. */
class HubWriterTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/parity");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"llama", "llama-wide-heads", "qwen2", "qwen3", "gemma2", "gemma3", "phi3"})
  void readsBackWhatWasWritten(String family) throws IOException {
    Files.copy(FIXTURES.resolve(family).resolve("config.json"), folder.resolve("config.json"));
    try (Decoder original = load(FIXTURES.resolve(family))) {
      HubWriter.write(original, folder.resolve("model.safetensors"));
      try (Decoder copy = load(folder)) {
        Map<String, NDArray> expected = original.weights().named();
        Map<String, NDArray> found = copy.weights().named();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
            (name, tensor) -> assertRounded(name, tensor, requireNonNull(found.get(name))));
      }
    }
  }

  private static Decoder load(Path path) {
    return ModelLoader.load(path, Device.cpu(), DataType.FLOAT32);
  }

  /** Half precision keeps 11 bits; gemma's norms are rounded as weight - 1. */
  private static void assertRounded(String name, NDArray expected, NDArray found) {
    float[] wanted = expected.toFloatArray();
    float[] read = found.toFloatArray();
    assertThat(read).as(name).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      double bound = Math.max(1e-7, Math.scalb(Math.max(1, Math.abs(wanted[i])), -11));
      assertThat((double) Math.abs(read[i] - wanted[i])).as(name).isLessThanOrEqualTo(bound);
    }
  }
}
