package org.trimtab.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.weights.GgufMetadata;

/**
 * The architecture that a GGUF file's metadata describes. What the format does not hold (gemma's
 * sliding pattern, 27B's attention scale) is taken from llama.cpp's model loader.
 */
final class GgufConfig {
  private static final List<String> FAMILIES =
      List.of("llama", "qwen2", "qwen3", "gemma2", "gemma3");
  private static final Map<String, Integer> FULL_LAYER_EVERY = Map.of("gemma2", 2, "gemma3", 6);
  private static final Map<String, Integer> LAYERS_OF_27B = Map.of("gemma2", 46, "gemma3", 62);

  private final GgufMetadata metadata;
  private final String family;

  private GgufConfig(GgufMetadata metadata) {
    this.metadata = metadata;
    this.family =
        metadata
            .string("general.architecture")
            .orElseThrow(() -> metadata.missing("general.architecture"));
  }

  /**
   * Reads the metadata.
   *
   * @param tied whether the file has no output.weight of its own
   * @param vocabulary rows of the embedding tensor
   * @param qkvBias whether the file holds biases for q, k and v
   * @param ropeFactors the file's rope_freqs tensor, if it has one
   * @throws UserException for an architecture or a rope type that is not known
   */
  static ModelConfig read(
      GgufMetadata metadata,
      boolean tied,
      int vocabulary,
      boolean qkvBias,
      float @Nullable [] ropeFactors) {
    return new GgufConfig(metadata).config(tied, vocabulary, qkvBias, ropeFactors);
  }

  private ModelConfig config(
      boolean tied, int vocabulary, boolean qkvBias, float @Nullable [] ropeFactors) {
    if (!FAMILIES.contains(family)) {
      throw new UserException(
          metadata.file()
              + ": architecture '"
              + family
              + "' is not known; known from GGUF are "
              + String.join(", ", FAMILIES));
    }
    boolean gemma = family.startsWith("gemma");
    int layers = size("block_count", 4096);
    int hidden = size("embedding_length", 1 << 20);
    int heads = size("attention.head_count", 1 << 14);
    int kvHeads = has("attention.head_count_kv") ? size("attention.head_count_kv", heads) : heads;
    int headSize =
        has("attention.key_length") ? size("attention.key_length", 1 << 14) : hidden / heads;
    if (heads % kvHeads != 0 || headSize < 2) {
      throw new UserException(
          metadata.file()
              + ": impossible sizes: %d heads, %d key-value heads, head size %d"
                  .formatted(heads, kvHeads, headSize));
    }
    int context = size("context_length", 1 << 24);
    int rotary = has("rope.dimension_count") ? size("rope.dimension_count", headSize) : headSize;
    Integer window =
        gemma && has("attention.sliding_window") ? size("attention.sliding_window", 1 << 24) : null;
    Rope rope = rope(number("rope.freq_base", 10_000), rotary, context, true);
    if (ropeFactors != null) {
      if (ropeFactors.length != rotary / 2) {
        throw new UserException(
            metadata.file() + ": rope_freqs.weight should hold " + rotary / 2 + " values");
      }
      rope = rope.dividedBy(ropeFactors);
    }
    Rope local =
        family.equals("gemma3")
            ? rope(number("rope.freq_base_swa", 10_000), rotary, context, false)
            : rope;
    double scalar =
        layers == LAYERS_OF_27B.getOrDefault(family, -1) ? (double) hidden / heads : headSize;
    return new ModelConfig(
        family,
        vocabulary,
        hidden,
        layers,
        heads,
        kvHeads,
        headSize,
        size("feed_forward_length", 1 << 22),
        number("attention.layer_norm_rms_epsilon", 1e-6),
        gemma,
        qkvBias,
        false,
        false,
        family.equals("qwen3") || family.equals("gemma3"),
        gemma,
        tied,
        gemma ? (float) Math.sqrt(hidden) : 1,
        1 / Math.sqrt(scalar),
        family.equals("gemma2") ? number("attn_logit_softcapping", 50) : 0,
        family.equals("gemma2") ? number("final_logit_softcapping", 30) : 0,
        rope,
        local,
        window,
        sliding(layers, window != null),
        context);
  }

  private List<Boolean> sliding(int layers, boolean any) {
    int every = FULL_LAYER_EVERY.getOrDefault(family, 1);
    List<Boolean> sliding = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      sliding.add(any && (layer + 1) % every != 0);
    }
    return sliding;
  }

  private Rope rope(double theta, int rotary, int context, boolean scaled) {
    String type = "default";
    if (scaled) {
      type = metadata.string(family + ".rope.scaling.type").orElse("none");
      type = type.equals("none") ? "default" : type;
    }
    if (!type.equals("default") && !type.equals("linear")) {
      throw new UserException(
          metadata.file()
              + ": rope scaling '"
              + type
              + "' is not supported from GGUF; none and linear are; use the hub folder instead");
    }
    Double factor = metadata.number(family + ".rope.scaling.factor").orElse(null);
    return Rope.of(
        new Rope.Settings(
            type, theta, rotary, context, factor, null, null, null, null, null, null, null, null,
            null, null),
        metadata.file());
  }

  private boolean has(String key) {
    return metadata.values().containsKey(family + "." + key);
  }

  private double number(String key, double fallback) {
    return metadata.number(family + "." + key).orElse(fallback);
  }

  private int size(String key, int most) {
    String full = family + "." + key;
    long value = metadata.integer(full).orElseThrow(() -> metadata.missing(full));
    if (value < 1 || value > most) {
      throw new UserException(
          metadata.file() + ": '" + full + "' should be from 1 to " + most + ", found " + value);
    }
    return (int) value;
  }
}
