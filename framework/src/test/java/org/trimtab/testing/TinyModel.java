package org.trimtab.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trimtab.model.weights.SafetensorsWriter;
import org.trimtab.plan.random.CounterRandom;

/**
 * A tiny llama with random weights and one token a byte, written in the hub layout: small enough
 * for tests, complete enough for every command.
 */
public final class TinyModel {
  /** Blocks of the model. */
  public static final int LAYERS = 4;

  private static final int HIDDEN = 32;
  private static final int HEADS = 4;
  private static final int KV_HEADS = 2;
  private static final int HEAD_SIZE = 8;
  private static final int MLP = 64;
  private static final int VOCABULARY = 258;

  private TinyModel() {}

  /** Writes the model into a folder and returns the folder. */
  public static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("config.json"), config());
      Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
      Files.writeString(folder.resolve("tokenizer_config.json"), tokenizerConfig());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Weights weights = new Weights();
    weights.matrix("model.embed_tokens.weight", VOCABULARY, HIDDEN);
    for (int layer = 0; layer < LAYERS; layer++) {
      String block = "model.layers." + layer + ".";
      weights.ones(block + "input_layernorm.weight", HIDDEN);
      weights.matrix(block + "self_attn.q_proj.weight", HEADS * HEAD_SIZE, HIDDEN);
      weights.matrix(block + "self_attn.k_proj.weight", KV_HEADS * HEAD_SIZE, HIDDEN);
      weights.matrix(block + "self_attn.v_proj.weight", KV_HEADS * HEAD_SIZE, HIDDEN);
      weights.matrix(block + "self_attn.o_proj.weight", HIDDEN, HEADS * HEAD_SIZE);
      weights.ones(block + "post_attention_layernorm.weight", HIDDEN);
      weights.matrix(block + "mlp.gate_proj.weight", MLP, HIDDEN);
      weights.matrix(block + "mlp.up_proj.weight", MLP, HIDDEN);
      weights.matrix(block + "mlp.down_proj.weight", HIDDEN, MLP);
    }
    weights.ones("model.norm.weight", HIDDEN);
    weights.writer.write(folder.resolve("model.safetensors"));
    return folder;
  }

  private static final class Weights {
    private final SafetensorsWriter writer = new SafetensorsWriter();
    private final CounterRandom random = CounterRandom.of(7, "tiny-model");
    private int count;

    void matrix(String name, int rows, int columns) {
      CounterRandom own = random.at(count++);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (own.normal(i) / Math.sqrt(columns));
      }
      writer.floats(name, List.of((long) rows, (long) columns), values);
    }

    void ones(String name, int length) {
      float[] values = new float[length];
      Arrays.fill(values, 1);
      writer.floats(name, List.of((long) length), values);
    }
  }

  private static String config() {
    return """
        {"model_type": "llama", "hidden_size": %d, "intermediate_size": %d, "num_hidden_layers": %d,
         "num_attention_heads": %d, "num_key_value_heads": %d, "head_dim": %d, "vocab_size": %d,
         "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "max_position_embeddings": 4096,
         "tie_word_embeddings": true, "hidden_act": "silu"}
        """
        .formatted(HIDDEN, MLP, LAYERS, HEADS, KV_HEADS, HEAD_SIZE, VOCABULARY);
  }

  private static String tokenizerConfig() {
    return """
        {"eos_token": "<end>", "chat_template":
         "{% for m in messages %}{{ m['role'] + ': ' + m['content'] + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ 'assistant:' }}{% endif %}"}
        """;
  }

  private static String tokenizer() {
    String bytes =
        IntStream.range(0, 256)
            .mapToObj(i -> "\"" + escaped(spelling(i)) + "\": " + i)
            .collect(Collectors.joining(", "));
    return """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [
          {"id": 256, "content": "<start>", "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": true},
          {"id": 257, "content": "<end>", "single_word": false, "lstrip": false, "rstrip": false,
           "normalized": false, "special": true}],
         "normalizer": null,
         "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
          "use_regex": true},
         "post_processor": null,
         "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true,
          "use_regex": true},
         "model": {"type": "BPE", "dropout": null, "unk_token": null,
          "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
          "byte_fallback": false, "vocab": {%s, "<start>": 256, "<end>": 257}, "merges": []}}
        """
        .formatted(bytes);
  }

  /** How byte-level vocabularies spell a byte: itself when printable, else from U+0100 on. */
  private static String spelling(int value) {
    int next = 256;
    for (int i = 0; i < 256; i++) {
      boolean printable = (i >= '!' && i <= '~') || (i >= 0xA1 && i <= 0xAC) || i >= 0xAE;
      int code = printable ? i : next++;
      if (i == value) {
        return Character.toString(code);
      }
    }
    throw new IllegalArgumentException("not a byte: " + value);
  }

  private static String escaped(String text) {
    return text.chars()
        .mapToObj(c -> String.format(Locale.ROOT, "\\u%04x", c))
        .collect(Collectors.joining());
  }
}
