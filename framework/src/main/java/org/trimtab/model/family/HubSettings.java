package org.trimtab.model.family;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.GgufMetadata;

/**
 * The config.json of a model that came as a GGUF file, in the form that transformers 4 and 5 read.
 */
public final class HubSettings {
  private HubSettings() {}

  /**
   * Describes a model.
   *
   * @param config what the file says of it
   * @param dtype the type of the weights that are written beside it: {@code float32}
   * @throws UserException when the hub's form cannot say what the file says
   */
  public static ObjectNode of(GgufFile file, ModelConfig config, String dtype) {
    GgufMetadata metadata = file.metadata();
    String prefix = metadata.string("general.architecture").orElse("") + ".";
    ModelConfig.Attention attention = config.attention();
    boolean gemma = config.family() instanceof Gemma;
    if (file.names().contains(GgufConfig.ROPE_FACTORS)) {
      throw refused(metadata, "divides its rotary frequencies by a table, for which config.json");
    }
    boolean switched =
        config.family() instanceof Qwen2
            ? attention.inputBias() && !attention.outputBias()
            : attention.inputBias() == attention.outputBias();
    if (!switched || (config.mlp().bias() && !config.family().mlpBiasSwitch())) {
      throw refused(metadata, "has biases where transformers has none; its config.json");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(config.family().hubClass());
    json.put("model_type", config.family().modelType())
        .put("hidden_size", config.hidden())
        .put("intermediate_size", config.mlp().width())
        .put("num_hidden_layers", config.layers())
        .put("num_attention_heads", attention.heads())
        .put("num_key_value_heads", attention.keyValueHeads())
        .put("head_dim", attention.headSize())
        .put("vocab_size", config.vocabulary())
        .put(
            "rms_norm_eps",
            metadata
                .number(prefix + "attention.layer_norm_rms_epsilon")
                .orElse(config.norms().epsilon()))
        .put("max_position_embeddings", config.contextLength())
        .put("rope_theta", metadata.number(prefix + "rope.freq_base").orElse(10_000.0))
        .put("tie_word_embeddings", config.embedding().tied())
        .put(gemma ? "hidden_activation" : "hidden_act", gemma ? "gelu_pytorch_tanh" : "silu")
        .put("torch_dtype", dtype);
    if (!(config.family() instanceof Qwen2)) {
      json.put("attention_bias", attention.inputBias());
    }
    if (config.family().mlpBiasSwitch()) {
      json.put("mlp_bias", config.mlp().bias());
    }
    if (gemma) {
      gemma(json, config, metadata, prefix);
    }
    metadata
        .number(prefix + "rope.scaling.factor")
        .filter(factor -> metadata.string(prefix + "rope.scaling.type").orElse("").equals("linear"))
        .ifPresent(
            factor ->
                json.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor));
    metadata.integer("tokenizer.ggml.bos_token_id").ifPresent(id -> json.put("bos_token_id", id));
    metadata.integer("tokenizer.ggml.eos_token_id").ifPresent(id -> json.put("eos_token_id", id));
    return json;
  }

  private static void gemma(
      ObjectNode json, ModelConfig config, GgufMetadata metadata, String prefix) {
    ModelConfig.Attention attention = config.attention();
    json.put("query_pre_attn_scalar", Math.rint(1 / (attention.scale() * attention.scale())));
    if (attention.softcap() > 0) {
      json.put("attn_logit_softcapping", attention.softcap());
    } else {
      json.putNull("attn_logit_softcapping");
    }
    if (config.embedding().logitSoftcap() > 0) {
      json.put("final_logit_softcapping", config.embedding().logitSoftcap());
    } else {
      json.putNull("final_logit_softcapping");
    }
    json.put("sliding_window", config.positions().window());
    ArrayNode kinds = json.putArray("layer_types");
    for (boolean slides : config.positions().sliding()) {
      kinds.add(slides ? "sliding_attention" : "full_attention");
    }
    if (config.family() instanceof Gemma3) {
      json.put(
          "rope_local_base_freq", metadata.number(prefix + "rope.freq_base_swa").orElse(10_000.0));
    }
  }

  private static UserException refused(GgufMetadata metadata, String what) {
    return new UserException(
        metadata.file() + " " + what + " has no exact form; export --as gguf instead");
  }
}
