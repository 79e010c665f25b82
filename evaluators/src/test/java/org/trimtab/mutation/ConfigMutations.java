package org.trimtab.mutation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** A hub folder's config.json, changed in one place. */
final class ConfigMutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLACE = "config\\.json|model\\.safetensors";

  private static final List<String> SIZES =
      List.of(
          "hidden_size",
          "num_hidden_layers",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "intermediate_size",
          "vocab_size",
          "max_position_embeddings");

  private static final List<String> NO_SIZE =
      List.of(
          "0",
          "-1",
          "1.5",
          "1e308",
          "\"32\"",
          "true",
          "[]",
          "{}",
          "NaN",
          "99999999999",
          "[32]",
          "7");

  private static final List<String> NO_NUMBER =
      List.of(
          "-1", "NaN", "Infinity", "-Infinity", "1e308", "\"1e-5\"", "true", "[]", "{}", "1e999");

  private static final List<String> QUANTISED =
      List.of(
          "{\"quant_method\":\"bitsandbytes\",\"load_in_4bit\":true,\"bnb_4bit_quant_type\":\"nf4\"}",
          "{\"quant_method\":\"bitsandbytes\",\"load_in_4bit\":true,\"bnb_4bit_quant_type\":\"fp4\"}",
          "{\"quant_method\":\"gptq\",\"bits\":4,\"group_size\":128}",
          "{\"quant_method\":\"awq\",\"bits\":4,\"version\":\"gemm\"}",
          "{\"quant_method\":\"mxfp4\"}",
          "{\"quant_method\":\"aqlm\"}",
          "{\"quant_method\":\"eetq\"}",
          "{\"quant_method\":\"hqq\"}",
          "{\"quant_method\":\"quanto\",\"weights\":\"int8\"}",
          "{\"quant_method\":\"torchao\",\"quant_type\":\"int4_weight_only\"}",
          "{\"quant_method\":\"vptq\"}",
          "{\"quant_method\":\"spqr\"}",
          "{\"quant_method\":\"higgs\"}",
          "{\"quant_method\":\"bitnet\"}",
          "{\"quant_method\":\"fbgemm_fp8\"}",
          "{\"quant_method\":\"auto-round\"}",
          "{\"quant_method\":\"modelopt\",\"quant_algo\":\"NVFP4\"}",
          "{\"quant_method\":\"another\"}",
          "{\"quant_method\":3}",
          "{\"bits\":4}",
          "\"gptq\"",
          "[]",
          "3");

  private static final List<String> UNKNOWN =
      List.of(
          "\"attention_multiplier\":0.5",
          "\"residual_multiplier\":0.2",
          "\"embedding_multiplier\":12.0",
          "\"logits_scaling\":8.0",
          "\"logit_scale\":0.5",
          "\"num_local_experts\":8",
          "\"use_qk_norm\":true",
          "\"clip_qkv\":1.0",
          "\"alibi\":true",
          "\"position_embedding_type\":\"alibi\"",
          "\"use_parallel_residual\":true",
          "\"no_rope_layers\":[1,0]",
          "\"attention_chunk_size\":4",
          "\"dual_chunk_attention_config\":{\"chunk_size\":8}",
          "\"weights_multiplier\":2.0",
          "\"dtype\":\"int8\"",
          "\"is_decoder\":false",
          "\"is_encoder_decoder\":true");

  private static final List<String> ROPES =
      List.of(
          "{\"rope_type\":\"linear\",\"factor\":-1.0}",
          "{\"rope_type\":\"linear\",\"factor\":0}",
          "{\"rope_type\":\"linear\",\"factor\":NaN}",
          "{\"rope_type\":\"linear\",\"factor\":1e308}",
          "{\"rope_type\":\"linear\",\"factor\":\"2\"}",
          "{\"rope_type\":\"linear\"}",
          "{\"rope_type\":\"magic\",\"factor\":2.0}",
          "{\"rope_type\":3}",
          "{\"rope_type\":\"yarn\"}",
          "{\"rope_type\":\"yarn\",\"factor\":-4.0}",
          "{\"rope_type\":\"llama3\",\"factor\":8.0}",
          "{\"rope_type\":\"llama3\",\"factor\":8.0,\"low_freq_factor\":1.0,\"high_freq_factor\":1.0,\"original_max_position_embeddings\":64}",
          "{\"rope_type\":\"llama3\",\"factor\":8.0,\"low_freq_factor\":-1.0,\"high_freq_factor\":4.0,\"original_max_position_embeddings\":64}",
          "{\"rope_type\":\"longrope\",\"short_factor\":[1.0],\"long_factor\":[1.0]}",
          "{\"rope_type\":\"default\",\"rope_theta\":-1}",
          "{\"rope_type\":\"default\",\"rope_theta\":\"many\"}",
          "{\"rope_type\":\"default\",\"rope_theta\":NaN}",
          "{\"rope_type\":\"default\",\"partial_rotary_factor\":0}",
          "{\"rope_type\":\"default\",\"partial_rotary_factor\":2}",
          "\"linear\"",
          "3",
          "[]");

  private ConfigMutations() {}

  static Mutant write(Draw draw, Path file) throws IOException {
    String text = ModelMutations.text(file);
    ObjectNode config = (ObjectNode) JSON.readTree(text);
    Changed changed = change(draw, text, config);
    Files.write(file, changed.bytes());
    return new Mutant("config.json: " + changed.what(), changed.expected(), PLACE);
  }

  private record Changed(String what, Expected expected, byte[] bytes) {
    Changed(String what, Expected expected, String text) {
      this(what, expected, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Changed change(Draw draw, String text, ObjectNode config) throws IOException {
    List<String> sizes = SIZES.stream().filter(config::has).toList();
    return switch (draw.below(18)) {
      case 0, 1, 2 -> {
        String key = draw.of(sizes);
        yield set(config, key, draw.of(NO_SIZE), Expected.REFUSED);
      }
      case 3 -> {
        String key =
            draw.of(
                sizes.stream().filter(size -> !size.equals("max_position_embeddings")).toList());
        int value = config.get(key).intValue();
        yield set(
            config, key, Integer.toString(draw.once(2) ? value + 1 : 2 * value), Expected.REFUSED);
      }
      case 4 -> set(config, "rms_norm_eps", draw.of(NO_NUMBER), Expected.REFUSED);
      case 5 -> rope(draw, config);
      case 6 -> {
        if (config.has("rope_theta")) {
          yield set(config, "rope_theta", draw.of(NO_NUMBER), Expected.REFUSED);
        }
        yield rope(draw, config);
      }
      case 7, 8 -> set(config, "quantization_config", draw.of(QUANTISED), Expected.REFUSED);
      case 9 -> {
        String key = draw.of(names(config));
        yield removed(config, key);
      }
      case 10 -> {
        String key = draw.of(names(config));
        String entry = "{\"" + key + "\":" + config.get(key) + ",";
        yield new Changed(
            key + " twice",
            Expected.REFUSED,
            config.toString().replaceFirst("\\{", escaped(entry)));
      }
      case 11 -> {
        String entry = draw.of(UNKNOWN);
        yield new Changed(
            "with " + entry,
            Expected.REFUSED_OR_SAME,
            config.toString().replaceFirst("\\{", escaped("{" + entry + ",")));
      }
      case 12 -> {
        String value =
            draw.of("\"gpt2\"", "\"\"", "3", "null", "\"mamba\"", "\"LLAMA\"", "[]", "\"llama4\"");
        yield set(config, "model_type", value, Expected.REFUSED);
      }
      case 13 -> {
        String key = config.has("hidden_activation") ? "hidden_activation" : "hidden_act";
        yield set(
            config,
            key,
            draw.of("\"relu2\"", "\"silo\"", "3", "[]", "\"\"", "true"),
            Expected.REFUSED);
      }
      case 14 -> harmless(draw, config);
      case 15 -> syntax(draw, text);
      case 16 -> {
        String key =
            draw.of(
                "sliding_window",
                "attention_bias",
                "mlp_bias",
                "tie_word_embeddings",
                "layer_types",
                "final_logit_softcapping",
                "query_pre_attn_scalar");
        String value = draw.of("\"x\"", "-1", "{}", "NaN", "[3]");
        yield set(
            config,
            key,
            value,
            config.has(key) && !config.get(key).isNull()
                ? Expected.REFUSED
                : Expected.REFUSED_OR_SAME);
      }
      default -> digit(draw, text);
    };
  }

  private static List<String> names(ObjectNode config) {
    return config.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static String escaped(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  /** Sets a value that Jackson may not know, such as NaN. */
  private static Changed set(ObjectNode config, String key, String value, Expected expected) {
    config.put(key, "<value>");
    String text = config.toString().replace("\"<value>\"", value);
    return new Changed(key + " is " + value, expected, text);
  }

  /** Sizes are needed or have defaults that do not fit; other keys may have fitting defaults. */
  private static Changed removed(ObjectNode config, String key) {
    JsonNode value = config.remove(key);
    boolean needed =
        List.of(
                "model_type",
                "hidden_size",
                "num_hidden_layers",
                "num_attention_heads",
                "intermediate_size")
            .contains(key);
    return new Changed(
        key + " removed, was " + value,
        needed ? Expected.REFUSED : Expected.ANY,
        config.toString());
  }

  private static Changed rope(Draw draw, ObjectNode config) {
    String key = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    boolean byLayer = config.path("rope_parameters").has("full_attention");
    String value = draw.of(ROPES);
    return set(
        config,
        key,
        byLayer ? "{\"full_attention\":" + value + ",\"sliding_attention\":" + value + "}" : value,
        Expected.REFUSED);
  }

  private static Changed harmless(Draw draw, ObjectNode config) {
    String key =
        draw.of(
            "initializer_range",
            "transformers_version",
            "use_cache",
            "_name_or_path",
            "pretraining_tp");
    String value = draw.of("NaN", "Infinity", "0.5", "null", "7");
    return set(config, key, value, Expected.SAME);
  }

  private static Changed syntax(Draw draw, String text) throws IOException {
    return switch (draw.below(9)) {
      case 0 ->
          new Changed("cut", Expected.REFUSED, text.substring(0, draw.below(text.length() - 2)));
      case 1 ->
          new Changed("a comma too many", Expected.REFUSED, text.replaceFirst("\\}\\s*$", ",}"));
      case 2 -> new Changed("byte order mark", Expected.REFUSED_OR_SAME, "\ufeff" + text);
      case 3 ->
          new Changed("UTF-16", Expected.REFUSED_OR_SAME, text.getBytes(StandardCharsets.UTF_16));
      case 4 -> new Changed("a list", Expected.REFUSED, "[" + text + "]");
      case 5 -> new Changed("CRLF", Expected.SAME, text.replace("\n", "\r\n"));
      case 6 -> new Changed("written anew", Expected.SAME, JSON.readTree(text).toPrettyString());
      case 7 -> new Changed("text after it", Expected.REFUSED, text + "{}");
      default -> new Changed("nested deep", Expected.REFUSED, "{\"a\":".repeat(100_000));
    };
  }

  private static Changed digit(Draw draw, String text) {
    char[] changed = text.toCharArray();
    int place = draw.below(changed.length);
    for (int i = 0; i < changed.length; i++) {
      int at = (place + i) % changed.length;
      if (Character.isDigit(changed[at])) {
        changed[at] = (char) ('0' + (changed[at] - '0' + 1 + draw.below(9)) % 10);
        break;
      }
    }
    return new Changed("a digit changed", Expected.ANY, new String(changed));
  }
}
