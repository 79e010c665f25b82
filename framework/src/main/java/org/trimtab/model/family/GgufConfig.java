package org.trimtab.model.family;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.model.family.ModelConfig.Sizes;
import org.trimtab.model.weights.GgufFile;
import org.trimtab.model.weights.GgufMetadata;

/** A GGUF file's description of its architecture, in keys that begin with its name. */
final class GgufConfig {
  static final String ROPE_FACTORS = "rope_freqs.weight";

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
    int valueSize = size("attention.value_length", 1 << 14, headSize);
    if (valueSize != headSize) {
      throw new UserException(
          "%s: '%s.attention.value_length' should be %d, the size of a head, found %d"
              .formatted(metadata.file(), architecture, headSize, valueSize));
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

  /** Whether any layer has a bias of one of these; llama.cpp takes each as optional. */
  boolean hasBias(Family family, Tensor... tensors) {
    TensorNames names = TensorNames.gguf(family);
    return IntStream.range(0, size("block_count", 4096))
        .anyMatch(
            layer ->
                Arrays.stream(tensors)
                    .anyMatch(tensor -> file.names().contains(names.bias(tensor, layer))));
  }

  /**
   * The rope with the file's scaling and its factors, if it has some. As in llama.cpp a factor
   * without a type is linear, and so is the older key of one.
   */
  Rope rope(int headSize, double theta) {
    String type = metadata.string(architecture + ".rope.scaling.type").orElse("linear");
    double factor = number("rope.scaling.factor", number("rope.scale_linear", 0, 0, 1e6), 0, 1e6);
    boolean scaled = factor != 0 && factor != 1;
    if (!type.equals("none") && !type.equals("linear") && (scaled || !type.equals("default"))) {
      throw new UserException(
          ("%s: rope scaling '%s' is not supported from GGUF; none and linear are; use the"
                  + " hub folder instead")
              .formatted(metadata.file(), type));
    }
    Rope rope = rope(type.equals("linear") && scaled ? factor : 1, headSize, theta);
    if (!file.names().contains(ROPE_FACTORS)) {
      return rope;
    }
    float[] factors = file.floats(ROPE_FACTORS);
    int expected = rope.frequencies().length;
    if (factors.length != expected) {
      throw new UserException(
          metadata.file() + ": " + ROPE_FACTORS + " should hold " + expected + " values");
    }
    for (float each : factors) {
      if (!(each > 0) || !Float.isFinite(each)) {
        throw new UserException(
            metadata.file() + ": " + ROPE_FACTORS + " holds " + each + ", no factor above 0");
      }
    }
    return rope.dividedBy(factors);
  }

  /** A rope to which the file's scaling does not apply. */
  Rope unscaledRope(int headSize, double theta) {
    return rope(1, headSize, theta);
  }

  private Rope rope(double factor, int headSize, double theta) {
    ObjectNode keys = Json.object().put("factor", factor);
    int rotary = size("rope.dimension_count", headSize, headSize);
    if (rotary % 2 != 0) {
      throw new UserException(
          "%s: '%s.rope.dimension_count' should be an even number up to %d, found %d"
              .formatted(metadata.file(), architecture, headSize, rotary));
    }
    JsonConfig config = new JsonConfig(keys, metadata.file());
    String type = factor == 1 ? "default" : "linear";
    return Rope.of(type, theta, rotary, contextLength(), null, config);
  }

  boolean has(String key) {
    return metadata.values().containsKey(architecture + "." + key);
  }

  /** A number within a range, or a fallback. */
  double number(String key, double usual, double least, double most) {
    double value = metadata.number(architecture + "." + key).orElse(usual);
    if (!(value >= least && value <= most)) {
      throw new UserException(
          "%s: '%s.%s' should be a number from %s to %s, found %s"
              .formatted(metadata.file(), architecture, key, least, most, value));
    }
    return value;
  }

  /** The base of a rope. */
  double theta(String key, double usual) {
    return number(key, usual, 1, 1e15);
  }

  /** A soft cap; 0 for none. */
  double softcap(String key, double usual) {
    return number(key, usual, 0, 1e6);
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
