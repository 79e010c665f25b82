package org.trimtab.model.family;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.io.Json;
import org.trimtab.model.family.ModelConfig.Activation;
import org.trimtab.model.family.ModelConfig.Sizes;

/**
 * A hub folder's config.json, in the style of transformers 4 (rope_theta, rope_scaling) and 5
 * (rope_parameters, layer_types) alike.
 */
final class HubConfig extends JsonConfig {
  /** Keys that change numbers in ways that the decoder does not have, unless null, false or 1. */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "use_bidirectional_attention",
          "clip_qkv",
          "attention_multiplier",
          "embedding_multiplier",
          "residual_multiplier",
          "logits_scaling",
          "attention_sinks");

  /** Keys of a rope that its type does not read, and that change nothing then. */
  private static final Set<String> ROPE_KEYS =
      Set.of(
          "rope_theta",
          "factor",
          "original_max_position_embeddings",
          "low_freq_factor",
          "high_freq_factor",
          "attention_factor",
          "beta_fast",
          "beta_slow",
          "mscale",
          "mscale_all_dim",
          "truncate",
          "short_factor",
          "long_factor",
          "short_mscale",
          "long_mscale",
          "partial_rotary_factor",
          "type",
          "rope_type",
          "finetuned",
          "full_attention",
          "sliding_attention");

  HubConfig(JsonNode node, String place) {
    super(node, place);
  }

  static HubConfig read(Path file) {
    try {
      String text = Files.readString(file);
      if (text.startsWith("version https://git-lfs")) {
        throw new UserException(
            file + ": is a Git LFS pointer, not the file; fetch it with 'git lfs pull'");
      }
      JsonParser parser = Json.PYTHON.createParser(text);
      JsonNode root = Json.PYTHON.readTree(parser);
      if (root == null || !root.isObject()) {
        throw new UserException(file + ": should be a JSON object");
      }
      if (parser.nextToken() != null) {
        throw new UserException(
            "%s:%d:%d: something follows the end of the JSON"
                .formatted(
                    file,
                    parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr()));
      }
      return new HubConfig(root, file.toString());
    } catch (JsonProcessingException e) {
      throw new UserException(
          "%s:%d:%d: not valid JSON: %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    } catch (MalformedInputException e) {
      throw new UserException(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UserException(
          file + ": cannot be read; a model folder holds config.json and its weights", e);
    }
  }

  /** The settings of the language model in those of one that also sees; this one otherwise. */
  HubConfig inner() {
    JsonConfig text = object("text_config");
    return text == null ? this : new HubConfig(text.node(), text.place());
  }

  Sizes sizes(Family family) {
    int layers = size("num_hidden_layers");
    int hidden = size("hidden_size");
    int heads = size("num_attention_heads", family.heads());
    Integer written = count("num_key_value_heads");
    int keyValueHeads = written == null ? family.keyValueHeads(heads) : written;
    Integer headDim = count("head_dim");
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

  /** A size that the family may have a default for; 0 for none. */
  int size(String key, int usual) {
    return usual > 0 && !has(key) ? usual : size(key);
  }

  /** A soft cap; an explicit null switches it off. */
  double softcap(String key, double usual) {
    return mentions(key) ? number(key, 0, 1e-3, 1e6) : usual;
  }

  /** Epsilon of the norms. */
  double epsilon(double usual) {
    String key = "rms_norm_eps";
    if (mentions(key) && !has(key)) {
      throw wrong(key, "a number from 0 to 0.1");
    }
    return number(key, usual, 0, 0.1);
  }

  /** The base of the rope. */
  double theta(String key, double usual) {
    return number(key, usual, 1, 1e15);
  }

  /** Refuses settings that would change numbers and are not understood. */
  void requireUnderstood() {
    for (String key : UNSUPPORTED) {
      if (has(key) && !isNeutral(key)) {
        throw wrong(key, "left out: the decoder has nothing like it");
      }
    }
    requireSpelled();
  }

  private boolean isNeutral(String key) {
    JsonNode value = node().get(key);
    return value.isBoolean() ? !value.asBoolean() : value.isNumber() && value.asDouble() == 1;
  }

  /** Which layers slide, according to layer_types or otherwise to the family. */
  List<Boolean> sliding(int layers, IntPredicate usual) {
    List<Boolean> sliding = new ArrayList<>();
    Integer window = count("sliding_window");
    List<String> types = texts("layer_types");
    if (types != null) {
      for (String kind : types) {
        switch (kind) {
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
   * @param context positions that the model was trained for
   */
  Rope rope(String layerType, int headSize, double theta, int context) {
    return rope(layerType, headSize, theta, context, object("rope_scaling"));
  }

  /** The same for layers to which rope_scaling does not apply. */
  Rope unscaledRope(String layerType, int headSize, double theta, int context) {
    return rope(layerType, headSize, theta, context, null);
  }

  private Rope rope(
      String layerType, int headSize, double theta, int context, @Nullable JsonConfig scaling) {
    JsonConfig keys = ropeParameters(layerType);
    if (keys == null) {
      keys = scaling == null ? new JsonConfig(Json.object(), place()) : scaling;
    }
    String kind = keys.text("rope_type", keys.text("type", "default"));
    double usual = number("partial_rotary_factor", 1, 0, 1);
    double partial = keys.number("partial_rotary_factor", usual, 0, 1);
    int rotary = (int) (headSize * partial);
    if (rotary < 2 || rotary > headSize || rotary % 2 != 0) {
      throw new UserException(
          "%s: partial_rotary_factor %s of head_dim %s is not an even size"
              .formatted(keys.place(), partial, headSize));
    }
    Integer original = keys.count("original_max_position_embeddings");
    Rope rope =
        Rope.of(
            kind,
            keys.number("rope_theta", theta, 1, 1e15),
            rotary,
            context,
            original == null ? count("original_max_position_embeddings") : original,
            keys);
    keys.requireKnown(ROPE_KEYS);
    return rope;
  }

  private @Nullable JsonConfig ropeParameters(String layerType) {
    JsonConfig parameters = object("rope_parameters");
    return parameters != null && parameters.has(layerType)
        ? parameters.object(layerType)
        : parameters;
  }
}
