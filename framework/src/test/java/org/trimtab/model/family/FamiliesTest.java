package org.trimtab.model.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;
import org.trimtab.model.ModelLoader;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Norms;

/** What is known of each family when its files leave it out. */
class FamiliesTest {
  private static final String SIZES =
      """
      "vocab_size": 100, "hidden_size": 1024, "num_hidden_layers": 12, "num_attention_heads": 32,
      "intermediate_size": 64, "max_position_embeddings": 512, "sliding_window": 16}
      """;

  @TempDir private Path folder = Path.of("");

  /** As the configuration classes of transformers have them. */
  @ParameterizedTest
  @CsvSource({
    "llama,       32,  32, 1e-6, SILU,      false, false, 0, 0",
    "mistral,      8,  32, 1e-6, SILU,      false, false, 12, 0",
    "qwen2,       32,  32, 1e-6, SILU,      false, true,  0, 0",
    "qwen3,       32, 128, 1e-6, SILU,      false, false, 0, 0",
    "gemma2,       4, 256, 1e-6, GELU_TANH, true,  false, 6, 50",
    "gemma3_text,  4, 256, 1e-6, GELU_TANH, true,  false, 10, 0",
    "phi3,        32,  32, 1e-5, SILU,      false, false, 12, 0"
  })
  void whatAConfigLeavesOut(
      String type,
      int keyValueHeads,
      int headSize,
      double epsilon,
      Activation activation,
      boolean tied,
      boolean biases,
      long sliding,
      double softcap)
      throws IOException {
    ModelConfig config = config("{\"model_type\": \"" + type + "\", " + SIZES);
    assertThat(config.attention().keyValueHeads()).isEqualTo(keyValueHeads);
    assertThat(config.headSize()).isEqualTo(headSize);
    assertThat(config.norms().epsilon()).isEqualTo(epsilon);
    assertThat(config.norms().place())
        .isEqualTo(type.startsWith("gemma") ? Norms.Place.AROUND : Norms.Place.BEFORE);
    assertThat(config.mlp().activation()).isEqualTo(activation);
    assertThat(config.embedding().tied()).isEqualTo(tied);
    assertThat(config.attention().inputBias()).isEqualTo(biases);
    assertThat(config.positions().sliding()).filteredOn(slides -> slides).hasSize((int) sliding);
    assertThat(config.attention().softcap()).isEqualTo(softcap);
  }

  @Test
  void gemmasLayerNamesDiffer() {
    TensorNames gemma = TensorNames.hub(new Gemma3());
    assertThat(Stream.of(Tensor.AFTER_ATTENTION_NORM, Tensor.MLP_NORM).map(t -> gemma.weight(t, 7)))
        .containsExactly(
            "model.layers.7.post_attention_layernorm.weight",
            "model.layers.7.pre_feedforward_layernorm.weight");
    assertThat(TensorNames.hub(new Llama()).weight(Tensor.MLP_NORM, 7))
        .isEqualTo("model.layers.7.post_attention_layernorm.weight");
  }

  @Test
  void aModelThatSeesKeepsItsLanguageModelFurtherDown() {
    Set<String> names =
        Set.of("language_model.model.embed_tokens.weight", "language_model.lm_head.weight");
    TensorNames gemma = TensorNames.hub(new Gemma3(), names, "here");
    assertThat(Stream.of(Tensor.EMBEDDING, Tensor.UNEMBEDDING).map(gemma::weight))
        .containsExactly(
            "language_model.model.embed_tokens.weight", "language_model.lm_head.weight");
  }

  @Test
  void anUnknownFamilyIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> config("{\"model_type\": \"mamba\", " + SIZES))
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder.resolve("config.json")
                + ": model_type 'mamba' is not known; known are gemma2, gemma3_text, llama, mistral,"
                + " phi3, qwen2, qwen3");
  }

  @Test
  void aFolderWithoutAnEmbeddingIsNoModel() {
    assertThatThrownBy(() -> TensorNames.hub(new Phi3(), Set.of("wte.weight"), "here"))
        .isInstanceOf(UserException.class)
        .hasMessage("here: no tensor 'model.embed_tokens.weight' among the weights");
  }

  private ModelConfig config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    return ModelLoader.config(folder);
  }
}
