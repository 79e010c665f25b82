package org.trimtab.model.family;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Sizes;

/**
 * A hub folder's config.json, in the style of transformers 4 (rope_theta, rope_scaling) and 5
 * (rope_parameters, layer_types) alike.
 */
final class HubConfig extends JsonConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  HubConfig(JsonNode node, String place) {
    super(node, place);
  }

  static HubConfig read(Path file) {
    try {
      return new HubConfig(JSON.readTree(Files.readString(file)), file.toString());
    } catch (JsonProcessingException e) {
      throw new UserException(file + ": not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read; a model folder holds config.json and its weights", e);
    }
  }

  Sizes sizes(Family family) {
    int layers = size("num_hidden_layers");
    int hidden = size("hidden_size");
    int heads = size("num_attention_heads");
    Integer written = integer("num_key_value_heads");
    int keyValueHeads = written == null ? family.keyValueHeads(heads) : written;
    Integer headDim = integer("head_dim");
    int headSize = headDim == null ? family.headSize(hidden, heads) : headDim;
    if (layers > 4096
        || keyValueHeads < 1
        || heads % keyValueHeads != 0
        || headSize < 2
        || headSize > 1 << 16) {
      throw new UserException(
          place()
              + ": impossible sizes: num_hidden_layers %d, num_attention_heads %d, num_key_value_heads %d, head_dim %d"
                  .formatted(layers, heads, keyValueHeads, headSize));
    }
    return new Sizes(layers, hidden, heads, keyValueHeads, headSize);
  }

  Activation activation(Activation usual) {
    String key = has("hidden_activation") ? "hidden_activation" : "hidden_act";
    boolean gelu = usual == Activation.GELU_TANH;
    return switch (text(key, gelu ? "gelu_pytorch_tanh" : "silu")) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu_pytorch_tanh" -> Activation.GELU_TANH;
      // Gemma's early configurations say gelu and mean the tanh form.
      case "gelu" -> {
        if (gelu) {
          yield usual;
        }
        throw wrong(key, "silu or gelu_pytorch_tanh");
      }
      default -> throw wrong(key, "silu or gelu_pytorch_tanh");
    };
  }

  /** A soft cap; an explicit null switches it off. */
  double softcap(String key, double usual) {
    return node().has(key) ? number(key, 0) : usual;
  }

  /** Which layers slide, according to layer_types or otherwise to the family. */
  List<Boolean> sliding(int layers, IntPredicate usual) {
    List<Boolean> sliding = new ArrayList<>();
    Integer window = integer("sliding_window");
    if (window != null && window < 1) {
      throw wrong("sliding_window", "a whole number above 0");
    }
    if (has("layer_types")) {
      for (JsonNode kind : node().get("layer_types")) {
        switch (kind.asText()) {
          case "full_attention" -> sliding.add(false);
          case "sliding_attention" -> sliding.add(window != null);
          default -> throw wrong("layer_types", "full_attention or sliding_attention");
        }
      }
      if (sliding.size() != layers) {
        throw wrong("layer_types", layers + " entries, one per layer");
      }
      return sliding;
    }
    for (int layer = 0; layer < layers; layer++) {
      sliding.add(window != null && usual.test(layer));
    }
    return sliding;
  }

  /**
   * The rope of a kind of layers.
   *
   * @param layerType a value of layer_types
   * @param theta its base if rope_parameters do not say
   */
  Rope rope(String layerType, int headSize, double theta) {
    return rope(layerType, headSize, theta, object("rope_scaling"));
  }

  /** The same for layers to which rope_scaling does not apply. */
  Rope unscaledRope(String layerType, int headSize, double theta) {
    return rope(layerType, headSize, theta, null);
  }

  private Rope rope(String layerType, int headSize, double theta, @Nullable JsonConfig scaling) {
    JsonConfig keys = ropeParameters(layerType);
    if (keys == null) {
      keys = scaling == null ? new JsonConfig(JSON.createObjectNode(), place()) : scaling;
    }
    String kind = keys.text("rope_type", keys.text("type", "default"));
    double partial = keys.number("partial_rotary_factor", number("partial_rotary_factor", 1));
    int rotary = (int) (headSize * partial);
    if (rotary < 2 || rotary > headSize || rotary % 2 != 0) {
      throw new UserException(
          keys.place()
              + ": partial_rotary_factor "
              + partial
              + " of head_dim "
              + headSize
              + " is not an even size");
    }
    Integer original = keys.integer("original_max_position_embeddings");
    return Rope.of(
        kind,
        keys.number("rope_theta", theta),
        rotary,
        size("max_position_embeddings"),
        original == null ? integer("original_max_position_embeddings") : original,
        keys);
  }

  private @Nullable JsonConfig ropeParameters(String layerType) {
    JsonConfig parameters = object("rope_parameters");
    JsonConfig own = parameters == null ? null : parameters.object(layerType);
    return own == null ? parameters : own;
  }
}
