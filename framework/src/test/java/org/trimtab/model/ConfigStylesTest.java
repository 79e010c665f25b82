package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.model.family.ModelConfig;

/** The same model described in the style of transformers 4 and of transformers 5. */
class ConfigStylesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures/parity");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @Test
  void ropeOfLlama3() throws IOException {
    assertSame(
        "llama3-rope",
        config -> {
          ObjectNode rope = (ObjectNode) config.remove("rope_scaling");
          rope.set("rope_theta", config.remove("rope_theta"));
          config.set("rope_parameters", rope);
          rename(config, "torch_dtype", "dtype");
        });
  }

  @Test
  void theOlderNameOfTheRopeType() throws IOException {
    assertSame(
        "llama3-rope",
        config -> rename((ObjectNode) config.get("rope_scaling"), "rope_type", "type"));
  }

  @Test
  void plainRopeWithSlidingWindow() throws IOException {
    assertSame(
        "mistral",
        config -> {
          config
              .putObject("rope_parameters")
              .put("rope_type", "default")
              .set("rope_theta", config.remove("rope_theta"));
          types(config, "sliding", "sliding", "sliding", "sliding");
        });
  }

  @Test
  void layersOfGemma2() throws IOException {
    assertSame(
        "gemma2",
        config -> {
          config
              .putObject("rope_parameters")
              .put("rope_type", "default")
              .set("rope_theta", config.remove("rope_theta"));
          types(config, "sliding", "full", "sliding", "full");
        });
  }

  @Test
  void layersAndBothRopesOfGemma3() throws IOException {
    assertSame(
        "gemma3",
        config -> {
          config.remove(List.of("rope_parameters", "layer_types", "_sliding_window_pattern"));
          config.put("rope_theta", 1_000_000.0).put("rope_local_base_freq", 10_000.0);
          config.put("sliding_window_pattern", 3).putNull("rope_scaling");
        });
  }

  @Test
  void aTextModelInsideOneThatSees() throws IOException {
    assertSame(
        "gemma3",
        config -> {
          ObjectNode text = config.deepCopy();
          config.removeAll();
          config.put("model_type", "gemma3").set("text_config", text);
          config.putObject("vision_config").put("hidden_size", 1152);
        });
  }

  @Test
  void layersOfQwen3() throws IOException {
    assertSame(
        "qwen3",
        config -> {
          config.remove(List.of("rope_parameters", "layer_types"));
          config.put("rope_theta", 10_000.0).putNull("rope_scaling");
        });
  }

  @Test
  void partialRotationOfPhi3() throws IOException {
    assertSame(
        "phi3",
        config -> {
          config.remove("rope_parameters");
          config.put("rope_theta", 10_000.0).put("partial_rotary_factor", 1.0);
          config.putNull("rope_scaling");
        });
  }

  @Test
  void anotherThetaIsAnotherModel() throws IOException {
    ModelConfig changed = changed("mistral", config -> config.put("rope_theta", 20_000.0));
    assertThat(changed.positions().rope().frequencies())
        .isNotEqualTo(
            ModelLoader.config(FIXTURES.resolve("mistral")).positions().rope().frequencies());
  }

  private void assertSame(String family, Consumer<ObjectNode> restyle) throws IOException {
    ModelConfig original = ModelLoader.config(FIXTURES.resolve(family));
    ModelConfig restyled = changed(family, restyle);
    assertThat(restyled).usingRecursiveComparison().isEqualTo(original);
  }

  private ModelConfig changed(String family, Consumer<ObjectNode> change) throws IOException {
    Path original = FIXTURES.resolve(family).resolve("config.json");
    ObjectNode config = (ObjectNode) JSON.readTree(Files.readString(original));
    change.accept(config);
    Files.writeString(folder.resolve("config.json"), JSON.writeValueAsString(config));
    return ModelLoader.config(folder);
  }

  private static void rename(ObjectNode object, String from, String to) {
    object.set(to, object.remove(from));
  }

  private static void types(ObjectNode config, String... types) {
    for (String type : types) {
      config.withArray("layer_types").add(type + "_attention");
    }
  }
}
