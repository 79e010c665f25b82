package org.trimtab.evaluators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.UserException;
import org.trimtab.data.source.Progress;
import org.trimtab.data.source.SourceSettings;
import org.trimtab.library.Trimtab;
import org.trimtab.model.LanguageModel;
import org.trimtab.model.ModelLoader;

/** Models as people meet them, with what transformers 5.24 and torch 2.15 compute for them. */
class ModelFilesTest {
  private static final Path REPORTS = Path.of("src/test/resources/field-reports").toAbsolutePath();

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "gguf-biases/attention.gguf, 2057.29",
    "gguf-legacy-linear-rope/a.gguf, 1143.48",
    "gguf-ollama-gemma3/model.gguf, 59405.0",
    "int8-scales/compressed-tensors, 1521.58",
    "added-tokens/tokenizer-config, 2540.95",
    "tied-with-own-head, 1512.91"
  })
  void perplexityIsThatOfTransformers(String model, double expected) throws Exception {
    assertThat(perplexity(REPORTS.resolve(model)))
        .isCloseTo(expected, within(expected < 10_000 ? 0.006 : 0.06));
  }

  private double perplexity(Path model) throws Exception {
    SourceSettings sources = SourceSettings.of(Map.of(), folder);
    try (Trimtab trimtab = Trimtab.load(model.toString(), sources, folder, Progress.NONE)) {
      String settings = "{dataset: " + REPORTS.resolve("text.txt") + ", window: 64, stride: 32}";
      return Objects.requireNonNull(trimtab.score("perplexity", settings).get("perplexity"));
    }
  }

  @Test
  void aPromptBeyondTheContextIsRefusedWithFileItemAndLengths() throws Exception {
    Path data = folder.resolve("pairs.json");
    Files.writeString(
        data,
        "[{\"input\": \"up\", \"output\": \"down\"}, {\"input\": \""
            + "hot ".repeat(20_000)
            + "\", \"output\": \"cold\"}]");
    SourceSettings sources = SourceSettings.of(Map.of(), folder);
    String model = REPORTS.resolve("eos-in-config").toString();
    try (Trimtab trimtab = Trimtab.load(model, sources, folder, Progress.NONE)) {
      assertThatThrownBy(() -> trimtab.score("exact-match", "{dataset: " + data + "}"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(data + ": item 1 (")
          .hasMessageContaining("are more than the model's context of 256");
    }
  }

  @Test
  void aHeadBesideTiedEmbeddingsIsUsedAndReported() {
    assertThat(ModelLoader.check(REPORTS.resolve("tied-with-own-head")))
        .singleElement()
        .asString()
        .endsWith(
            "tie_word_embeddings is true, but 'lm_head.weight' differs from the embedding; it is"
                + " used, as in transformers 5");
  }

  @Test
  void gemmasNestedConfigurationHasTheDefaultsOfTransformers() {
    var config = ModelLoader.config(REPORTS.resolve("gemma3-nested-config"));
    assertThat(config.attention().heads()).isEqualTo(8);
    assertThat(config.attention().keyValueHeads()).isEqualTo(4);
    assertThat(config.headSize()).isEqualTo(256);
    assertThat(config.vocabulary()).isEqualTo(262_208);
    assertThat(config.contextLength()).isEqualTo(131_072);
  }

  @Test
  void endTokensOfConfigJsonCountWithoutGenerationConfig() {
    try (var tokenizer = LanguageModel.tokenizer(REPORTS.resolve("eos-in-config"))) {
      assertThat(tokenizer.ends()).contains(0, 333);
    }
  }

  /** The library's own faults end the process, and would end this one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "template.json | post_processor: 'single' of TemplateProcessing names the special token"
            + " '<nope>', which special_tokens does not describe",
        "replaceempty.json | normalizer: the tokenizers library ends the process on it"
      })
  void aTokenizerThatEndsTheProcessIsNamed(String file, String message) throws Exception {
    Files.copy(REPORTS.resolve("tokenizers").resolve(file), folder.resolve("tokenizer.json"));
    assertRefused(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}",
        "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"(a+)+$\"}, \"content\": \"b\"}",
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \"\"}, \"content\": \"b\"}",
        "{\"type\": \"Prepend\", \"prepend\": \"\"}"
      })
  void aNormalizerThatEndsTheProcessIsNamed(String normalizer) throws Exception {
    String json = Files.readString(REPORTS.resolve("eos-in-config/tokenizer.json"));
    Files.writeString(
        folder.resolve("tokenizer.json"),
        json.replace("\"normalizer\": null", "\"normalizer\": " + normalizer));
    assertThatThrownBy(() -> LanguageModel.tokenizer(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tokenizer.json: normalizer: ")
        .hasMessageContaining("the tokenizers library ends the process");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> LanguageModel.tokenizer(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lfs-pointer-in-folder | model.safetensors: is a Git LFS pointer, not the weights",
        "token-id-beyond-vocabulary | token 'seeds' has the id 400, but the embedding has 400 rows"
      })
  void whatCannotBeUsedIsRefusedBeforeAnythingRuns(String model, String message) {
    assertThatThrownBy(() -> LanguageModel.check(REPORTS.resolve(model)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }
}
