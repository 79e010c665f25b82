package org.trimtab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.UserException;
import org.trimtab.testing.TinyModel;

/** Settings and files that would give wrong numbers, each refused by its name. */
class ModelFaultsTest {
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void model() {
    TinyModel.write(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1e-5 | 1e308 | 'rms_norm_eps' should be a number from 0 to 0.1, found 1.0E308",
        "1e-5 | -1 | 'rms_norm_eps' should be a number from 0 to 0.1, found -1",
        "1e-5 | NaN | 'rms_norm_eps' should be a number, found",
        "1e-5 | null | 'rms_norm_eps' should be a number from 0 to 0.1, found null",
        "1e-5 | \"1e-5\" | 'rms_norm_eps' should be a number",
        "rms_norm_eps | rms_norm_epps | 'rms_norm_epps' is not known; did you mean 'rms_norm_eps'?",
        "10000.0 | 0 | 'rope_theta' should be a number from 1 to",
        "rope_theta | rope_tehta | 'rope_tehta' is not known; did you mean 'rope_theta'?",
        "\"num_attention_heads\": 4 | \"num_attention_heads\": 0 | 'num_attention_heads' should be",
        "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3 | impossible sizes",
        "\"num_hidden_layers\": 4 | \"num_hidden_layers\": 3 | model.safetensors: tensor 'model.layers.3.",
        "\"num_hidden_layers\": 4 | \"num_hidden_layers\": 5 | no tensor 'model.layers.4.",
        "\"intermediate_size\": 64 | \"intermediate_size\": 65 | has shape [64, 32], but the",
        "\"hidden_act\": \"silu\" | \"hidden_act\": \"relu\" | 'hidden_act' should be silu",
        "\"tie_word_embeddings\": true | \"tie_word_embeddings\": 1 | should be true or false",
        "\"tie_word_embeddings\": true | \"rope_scaling\": \"linear\" | 'rope_scaling' should be an",
        "\"tie_word_embeddings\": true | \"head_dim\": 8 | Duplicate field 'head_dim'",
        "\"hidden_act\" | \"rope_scaling\": {\"type\": \"linear\", \"factor\": -1}, \"hidden_act\" |"
            + " rope_scaling: 'factor' should be a number from 0.001 to",
        "\"hidden_act\" | \"rope_scaling\": {\"type\": \"linear\", \"factr\": 2}, \"hidden_act\" |"
            + " rope_scaling: 'factor' is missing",
        "\"hidden_act\" | \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2, \"beta\": 2},"
            + " \"hidden_act\" | rope_scaling: 'beta' is not known here",
        "\"hidden_act\" | \"use_bidirectional_attention\": true, \"hidden_act\" |"
            + " 'use_bidirectional_attention' should be left out",
        "\"hidden_act\" | \"attention_bias\": true, \"hidden_act\" | no tensor 'model.layers.0.",
        "\"hidden_act\" | \"quantization_config\": {\"quant_method\": \"gptq\", \"bits\": 4},"
            + " \"hidden_act\" | weights quantised by gptq are not supported",
        "\"hidden_act\" | \"quantization_config\": {\"quant_method\": \"bitsandbytes\","
            + " \"load_in_4bit\": true, \"bnb_4bit_quant_type\": \"nf4\"}, \"hidden_act\" |"
            + " weights quantised by bitsandbytes, 4 bits, nf4 are not supported",
        "\"hidden_act\" | \"quantization_config\": {\"quant_method\": \"compressed-tensors\","
            + " \"format\": \"pack-quantized\"}, \"hidden_act\" | compressed-tensors, format"
            + " pack-quantized are not supported",
        "\"hidden_act\" | \"quantization_config\": {\"quant_method\": \"mxfp4\"}, \"hidden_act\" |"
            + " weights quantised by mxfp4 are not supported",
        "\"hidden_act\" | \"quantization_config\": {\"bits\": 4}, \"hidden_act\" |"
            + " 'quant_method' is missing"
      })
  void aSettingThatWouldGiveOtherNumbersIsRefused(String from, String to, String message)
      throws IOException {
    change(from, to);
    assertThatThrownBy(() -> ModelLoader.check(folder))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(message);
  }

  @Test
  void whatFollowsTheEndOfAFileIsNoPartOfIt() throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    String whole = Files.readString(tokenizer);
    Files.writeString(tokenizer, whole + "}");
    assertThatThrownBy(() -> LanguageModel.tokenizer(folder))
        .hasMessageContaining("tokenizer.json: ");
    Files.writeString(tokenizer, whole);
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config) + " true");
    assertThatThrownBy(() -> ModelLoader.check(folder))
        .hasMessageContaining("config.json:")
        .hasMessageContaining("something follows the end of the JSON");
  }

  @Test
  void whatChangesNoNumberMayBeAnything() throws IOException {
    change(
        "\"hidden_act\"",
        "\"attention_dropout\": NaN, \"initializer_range\": Infinity, \"note\": null,"
            + " \"quantization_config\": null, \"clip_qkv\": null, \"hidden_act\"");
    assertThat(ModelLoader.check(folder)).isEmpty();
  }

  /** As transformers: 0 counts as not given, so that the factor is 0.1 ln 4 + 1. */
  @Test
  void yarnWithoutAScaleOfAllDimensionsHasTheUsualFactor() throws IOException {
    change(
        "\"hidden_act\"",
        "\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4.0, \"mscale\": 1.0,"
            + " \"mscale_all_dim\": 0.0, \"original_max_position_embeddings\": 1024},"
            + " \"hidden_act\"");
    assertThat(ModelLoader.config(folder).positions().rope().attentionFactor())
        .isCloseTo(1.138629, within(1e-6));
  }

  private void change(String from, String to) throws IOException {
    Path file = folder.resolve("config.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }
}
