package org.trimtab.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void readsWhatAReferenceImplementationWrote() {
    try (MappedWeights expected =
        Safetensors.open(WeightFixtures.path("parity/llama/expected.safetensors"))) {
      assertThat(expected.info("input_ids"))
          .isEqualTo(new TensorInfo("input_ids", "I64", List.of(2L, 21L)));
      assertThat(LongStream.of(expected.longs("input_ids")).boxed())
          .hasSize(42)
          .allMatch(id -> id >= 0 && id < 160);
      assertThat(expected.floats("logits")).hasSize(2 * 21 * 160);
    }
  }

  @Test
  void readsAPartOfATensor() {
    MappedWeights weights = Safetensors.openFolder(WeightFixtures.path("parity/llama"));
    float[] all = weights.floats("model.embed_tokens.weight");
    FloatBuffer part = FloatBuffer.allocate(10);

    weights.read("model.embed_tokens.weight", 77, part);

    assertThat(part.array()).containsExactly(Arrays.copyOfRange(all, 77, 87));
    assertThatThrownBy(
            () -> weights.read("model.embed_tokens.weight", all.length - 9, part.rewind()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesTheNearestTensors() {
    MappedWeights weights = WeightFiles.open(WeightFixtures.path("parity/llama"));

    assertThatThrownBy(() -> weights.info("model.embed_token.weight"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no tensor 'model.embed_token.weight'")
        .hasMessageContaining("nearest: 'model.embed_tokens.weight'");
  }

  @Test
  void writesWhatItReads() {
    Path file = folder.resolve("direction.safetensors");
    float[] values = new float[70_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 7f;
    }

    new SafetensorsWriter()
        .metadata("layer", "12")
        .floats("direction", List.of(70L, 1000L), values)
        .longs("ids", List.of(3L), new long[] {-1, Long.MAX_VALUE, 0})
        .floats("empty", List.of(0L), new float[0])
        .write(file);

    MappedWeights read = WeightFiles.open(file);
    assertThat(read.names()).containsExactly("ids", "direction", "empty");
    assertThat(read.floats("direction")).isEqualTo(values);
    assertThat(read.longs("ids")).containsExactly(-1, Long.MAX_VALUE, 0);
    assertThat(read.floats("empty")).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void copiesAModel() throws IOException {
    MappedWeights model = WeightFiles.open(WeightFixtures.path("parity/llama"));
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : model.names()) {
      writer.floats(name, model.info(name).shape(), model.floats(name));
    }
    Path copy = folder.resolve("model.safetensors");
    writer.write(copy);
    byte[] once = Files.readAllBytes(copy);
    writer.write(copy);

    assertThat(once).isEqualTo(Files.readAllBytes(copy));
    MappedWeights read = WeightFiles.open(folder);
    for (String name : model.names()) {
      assertThat(read.floats(name)).as(name).isEqualTo(model.floats(name));
    }
  }

  @Test
  void readsAFolderOfShards() throws IOException {
    new SafetensorsWriter().floats("a", List.of(1L), new float[] {1}).write(shard(1));
    new SafetensorsWriter().floats("b", List.of(1L), new float[] {2}).write(shard(2));
    index("{\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\"}");

    MappedWeights weights = WeightFiles.open(folder);

    assertThat(weights.files()).containsExactly(shard(1), shard(2));
    assertThat(weights.floats("b")).containsExactly(2f);
  }

  @Test
  void refusesAnIndexThatPromisesTooMuch() throws IOException {
    new SafetensorsWriter().floats("a", List.of(1L), new float[] {1}).write(shard(1));
    index("{\"a\": \"model-1.safetensors\", \"b\": \"model-1.safetensors\"}");

    assertThatThrownBy(() -> WeightFiles.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tensor 'b' should be in model-1.safetensors but is not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret", "/etc/passwd", "..", ".", "a/b", "a\\\\b", "C:x", "", "a\\u0000b"})
  void refusesShardsOutsideOfTheFolder(String shard) throws IOException {
    index("{\"a\": \"" + shard + "\"}");

    assertThatThrownBy(() -> WeightFiles.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("should be the plain name of a file in that folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"weight_map\": {}}|missing or empty",
        "[]|missing or empty",
        "{\"weight_map\": {\"a\": 3}}|should hold file names",
        "{\"weight_map\": |is not JSON",
        "{\"weight_map\": {\"a\": \"b\", \"a\": \"c\"}}|Duplicate",
      })
  void refusesABrokenIndex(String index, String message) throws IOException {
    Files.writeString(folder.resolve(Safetensors.INDEX), index);

    assertThatThrownBy(() -> WeightFiles.open(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(Safetensors.INDEX)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsNoWeightFile() throws IOException {
    Path pointer = Files.writeString(folder.resolve("p.safetensors"), "version https://git-lfs.g");
    Path text = Files.writeString(folder.resolve("text"), "hello");

    assertThatThrownBy(() -> WeightFiles.open(pointer)).hasMessageContaining("git lfs pull");
    assertThatThrownBy(() -> WeightFiles.open(text)).hasMessageContaining("neither a GGUF nor");
    assertThatThrownBy(() -> WeightFiles.open(folder)).hasMessageContaining("holds neither");
    assertThatThrownBy(() -> WeightFiles.open(folder.resolve("x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void readsNothingAfterClosing() {
    MappedWeights weights = WeightFiles.open(WeightFixtures.path("parity/llama"));
    weights.close();

    assertThatThrownBy(() -> weights.floats("model.norm.weight"))
        .isInstanceOf(IllegalStateException.class);
  }

  private Path shard(int number) {
    return folder.resolve("model-" + number + ".safetensors");
  }

  private void index(String weightMap) throws IOException {
    Files.writeString(
        folder.resolve(Safetensors.INDEX), "{\"metadata\": {}, \"weight_map\": " + weightMap + "}");
  }
}
