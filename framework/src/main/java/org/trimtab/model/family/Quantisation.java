package org.trimtab.model.family;

import java.util.Set;
import org.trimtab.UserException;

/**
 * What a hub folder's quantization_config says of how weights are stored. Those of 8 bits with
 * scales are read; all others are refused by their name.
 *
 * @param rows rows of a block with one scale, where scales belong to blocks
 * @param columns its columns
 */
public record Quantisation(long rows, long columns) {
  /** Weights as they are; blocks, if there are any, have the usual size. */
  public static final Quantisation NONE = new Quantisation(128, 128);

  private static final Set<String> EIGHT_BITS =
      Set.of("dense", "int-quantized", "float-quantized", "naive-quantized");

  static Quantisation of(HubConfig config) {
    JsonConfig older = config.object("compression_config");
    JsonConfig stored = older == null ? config.object("quantization_config") : older;
    if (stored == null) {
      return NONE;
    }
    String method = stored.text("quant_method", older == null ? "" : "compressed-tensors");
    switch (method) {
      case "compressed-tensors" -> {
        String format = stored.text("format", "dense");
        if (!EIGHT_BITS.contains(format)) {
          throw refused(stored, "compressed-tensors, format " + format);
        }
        compressedGroups(stored, format);
      }
      case "bitsandbytes" -> {
        boolean eight = stored.truth("load_in_8bit", false) || stored.truth("_load_in_8bit", false);
        if (!eight) {
          String four = stored.text("bnb_4bit_quant_type", "fp4");
          throw refused(stored, "bitsandbytes, 4 bits, " + four);
        }
      }
      case "fp8", "fbgemm_fp8" -> {}
      case "modelopt" -> {
        String algorithm = stored.text("quant_algo", "");
        if (!algorithm.equals("FP8")) {
          throw refused(stored, "modelopt, " + algorithm);
        }
      }
      case "" -> throw stored.missing("quant_method");
      default -> throw refused(stored, method);
    }
    return blocks(stored);
  }

  private static void compressedGroups(JsonConfig stored, String format) {
    JsonConfig groups = stored.object("config_groups");
    if (groups == null) {
      return;
    }
    for (String name : groups.keys()) {
      JsonConfig group = groups.object(name);
      JsonConfig weights = group == null ? null : group.object("weights");
      Integer bits = weights == null ? null : weights.integer("num_bits");
      if (bits != null && bits != 8) {
        throw refused(stored, "compressed-tensors, format " + format + ", " + bits + " bits");
      }
    }
  }

  private static Quantisation blocks(JsonConfig stored) {
    if (!stored.has("weight_block_size")) {
      return NONE;
    }
    int[] size = stored.integers("weight_block_size");
    if (size.length != 2 || size[0] < 1 || size[1] < 1) {
      throw stored.wrong("weight_block_size", "two whole numbers above 0");
    }
    return new Quantisation(size[0], size[1]);
  }

  private static UserException refused(JsonConfig stored, String name) {
    return new UserException(
        ("%s: weights quantised by %s are not supported; those of 8 bits with scales are"
                + " (compressed-tensors int8 and fp8, bitsandbytes int8, fp8); use the model's"
                + " original weights or a GGUF file")
            .formatted(stored.place(), name));
  }
}
