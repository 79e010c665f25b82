package org.trimtab.model.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.model.family.ModelConfig.Sizes;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.GgufMetadata;

/** A GGUF file's description of its architecture, in keys that begin with its name. */
final class GgufConfig {
  private static final String ROPE_FACTORS = "rope_freqs.weight";

  private final GgufFile file;
  private final GgufMetadata metadata;
  private final String architecture;

  GgufConfig(GgufFile file) {
    this.file = file;
    this.metadata = file.metadata();
    this.architecture =
        metadata
            .string("general.architecture")
            .orElseThrow(() -> metadata.missing("general.architecture"));
  }

  String architecture() {
    return architecture;
  }

  Sizes sizes() {
    int layers = size("block_count", 4096);
    int hidden = size("embedding_length", 1 << 20);
    int heads = size("attention.head_count", 1 << 14);
    int keyValueHeads = size("attention.head_count_kv", heads, heads);
    int headSize = size("attention.key_length", 1 << 14, hidden / heads);
    if (heads % keyValueHeads != 0 || headSize < 2) {
      throw new UserException(
          metadata.file()
              + ": impossible sizes: %d heads, %d key-value heads, head size %d"
                  .formatted(heads, keyValueHeads, headSize));
    }
    return new Sizes(layers, hidden, heads, keyValueHeads, headSize);
  }

  int contextLength() {
    return size("context_length", 1 << 24);
  }

  /** Positions that a sliding layer sees; null when the file does not say. */
  @Nullable Integer window() {
    String key = "attention.sliding_window";
    return has(key) ? size(key, 1 << 24) : null;
  }

  /** Rows of the embedding. */
  int vocabulary(Family family) {
    String embedding = TensorNames.gguf(family).weight(Tensor.EMBEDDING);
    return Math.toIntExact(file.info(embedding).shape().get(0));
  }

  /** Whether the file has no unembedding of its own. */
  boolean tied(Family family) {
    return !file.names().contains(TensorNames.gguf(family).weight(Tensor.UNEMBEDDING));
  }

  /** Whether the file holds biases for q, k and v. */
  boolean queryBias(Family family) {
    return file.names().contains(TensorNames.gguf(family).bias(Tensor.QUERY, 0));
  }

  /** The rope with the file's scaling and its factors, if it has some. */
  Rope rope(int headSize) {
    String type = metadata.string(architecture + ".rope.scaling.type").orElse("none");
    if (!type.equals("none") && !type.equals("default") && !type.equals("linear")) {
      throw new UserException(
          ("%s: rope scaling '%s' is not supported from GGUF; none and linear are; use the"
                  + " hub folder instead")
              .formatted(metadata.file(), type));
    }
    Rope rope =
        rope(type.equals("none") ? "default" : type, headSize, number("rope.freq_base", 10_000));
    if (!file.names().contains(ROPE_FACTORS)) {
      return rope;
    }
    float[] factors = file.floats(ROPE_FACTORS);
    int expected = rope.frequencies().length;
    if (factors.length != expected) {
      throw new UserException(
          metadata.file() + ": " + ROPE_FACTORS + " should hold " + expected + " values");
    }
    return rope.dividedBy(factors);
  }

  /** A rope to which the file's scaling does not apply. */
  Rope unscaledRope(int headSize, double theta) {
    return rope("default", headSize, theta);
  }

  private Rope rope(String type, int headSize, double theta) {
    ObjectNode keys = Json.object();
    metadata
        .number(architecture + ".rope.scaling.factor")
        .ifPresent(factor -> keys.put("factor", factor));
    int rotary = size("rope.dimension_count", headSize, headSize);
    JsonConfig config = new JsonConfig(keys, metadata.file());
    return Rope.of(type, theta, rotary, contextLength(), null, config);
  }

  private boolean has(String key) {
    return metadata.values().containsKey(architecture + "." + key);
  }

  double number(String key, double usual) {
    return metadata.number(architecture + "." + key).orElse(usual);
  }

  private int size(String key, int most, int usual) {
    return has(key) ? size(key, most) : usual;
  }

  /** A required size: an integer above 0. */
  int size(String key, int most) {
    String full = architecture + "." + key;
    long value = metadata.integer(full).orElseThrow(() -> metadata.missing(full));
    if (value < 1 || value > most) {
      throw new UserException(
          metadata.file() + ": '" + full + "' should be from 1 to " + most + ", found " + value);
    }
    return (int) value;
  }
}
