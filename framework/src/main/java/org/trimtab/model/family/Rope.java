package org.trimtab.model.family;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;

/**
 * Rotary position embedding: inverse frequencies and the factor on cos and sin, as transformers
 * computes them (modeling_rope_utils).
 *
 * @param frequencies inverse frequencies, [rotary size / 2], in fp32
 * @param attentionFactor factor on cos and sin (yarn, longrope; 1 otherwise)
 * @param maxPositions positions for which the frequencies hold (longrope: the original context); 0
 *     for no limit
 */
public record Rope(float[] frequencies, double attentionFactor, int maxPositions) {
  /** Refuses a position for which the frequencies do not hold. */
  public void check(int position) {
    if (maxPositions > 0 && position >= maxPositions) {
      throw new UserException(
          ("position %s is beyond the %s positions that this model's rotary embedding is"
                  + " computed for; use shorter texts")
              .formatted(position, maxPositions));
    }
  }

  /** Frequencies divided elementwise by factors from a file (GGUF's rope_freqs tensor). */
  Rope dividedBy(float[] factors) {
    float[] divided = frequencies.clone();
    for (int i = 0; i < divided.length; i++) {
      divided[i] /= factors[i];
    }
    return new Rope(divided, attentionFactor, maxPositions);
  }

  /**
   * Makes a rope of a known type: default, linear, dynamic, llama3, yarn, longrope.
   *
   * @param size entries of a head that are rotated
   * @param context positions that the model was trained for
   * @param original positions before they were extended, if the file says
   * @param keys further parameters of the type, by the names of config.json
   * @throws UserException for another type
   */
  static Rope of(
      String type,
      double theta,
      int size,
      int context,
      @Nullable Integer original,
      JsonConfig keys) {
    return switch (type) {
      case "default" -> new Rope(plain(theta, size), 1, 0);
      case "linear" -> linear(plain(theta, size), keys);
      // The dynamic type equals the default one up to the trained context, which is checked.
      case "dynamic" -> new Rope(plain(theta, size), 1, context);
      case "llama3" -> llama3(plain(theta, size), known(original, keys), keys);
      case "yarn" -> yarn(theta, size, original == null ? context : original, keys);
      case "longrope", "su" -> longRope(theta, size, context, known(original, keys), keys);
      default ->
          throw new UserException(
              ("%s: rope type '%s' is not known; known are default, linear, dynamic, llama3,"
                      + " yarn, longrope")
                  .formatted(keys.place(), type));
    };
  }

  private static float[] plain(double theta, int size) {
    float[] frequencies = new float[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      // torch: 1.0 / (base ** (arange(0, dim, 2).float() / dim)), all in fp32
      float exponent = (float) (2 * i) / size;
      frequencies[i] = 1.0f / (float) Math.pow(theta, exponent);
    }
    return frequencies;
  }

  private static Rope linear(float[] frequencies, JsonConfig keys) {
    float factor = (float) required("factor", keys);
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] /= factor;
    }
    return new Rope(frequencies, 1, 0);
  }

  private static Rope llama3(float[] frequencies, double original, JsonConfig keys) {
    double factor = required("factor", keys);
    double low = required("low_freq_factor", keys);
    double high = required("high_freq_factor", keys);
    if (high <= low) {
      throw keys.wrong("high_freq_factor", "above low_freq_factor");
    }
    for (int i = 0; i < frequencies.length; i++) {
      float wavelength = (float) (2 * Math.PI) / frequencies[i];
      if (wavelength > original / low) {
        frequencies[i] = frequencies[i] / (float) factor;
      } else if (wavelength >= original / high) {
        float smooth = (float) ((original / wavelength - low) / (high - low));
        frequencies[i] = (1 - smooth) * frequencies[i] / (float) factor + smooth * frequencies[i];
      }
    }
    return new Rope(frequencies, 1, 0);
  }

  private static Rope yarn(double theta, int size, double original, JsonConfig keys) {
    double factor = required("factor", keys);
    Double attention = keys.number("attention_factor", 1e-3, 1e3);
    // As in Python, 0 counts as not given.
    double mscale = keys.number("mscale", 0, 0, 1e3);
    double mscaleAll = keys.number("mscale_all_dim", 0, 0, 1e3);
    if (attention == null) {
      attention =
          mscale == 0 || mscaleAll == 0
              ? mscale(factor, 1)
              : mscale(factor, mscale) / mscale(factor, mscaleAll);
    }
    double fast = keys.number("beta_fast", 0, 0, 1e6);
    double slow = keys.number("beta_slow", 0, 0, 1e6);
    double from = correction(fast == 0 ? 32 : fast, size, theta, original);
    double to = correction(slow == 0 ? 1 : slow, size, theta, original);
    if (keys.truth("truncate", true)) {
      from = Math.floor(from);
      to = Math.ceil(to);
    }
    from = Math.max(from, 0);
    to = Math.min(to, size - 1);
    if (from == to) {
      to += 0.001;
    }
    float[] frequencies = plain(theta, size);
    for (int i = 0; i < frequencies.length; i++) {
      float ramp = (float) Math.min(1, Math.max(0, (i - from) / (to - from)));
      float kept = 1 - ramp;
      frequencies[i] = frequencies[i] / (float) factor * (1 - kept) + frequencies[i] * kept;
    }
    return new Rope(frequencies, attention, 0);
  }

  private static double mscale(double scale, double mscale) {
    return scale <= 1 ? 1 : 0.1 * mscale * Math.log(scale) + 1;
  }

  private static double correction(double rotations, int size, double theta, double original) {
    return size * Math.log(original / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static Rope longRope(double theta, int size, int context, int original, JsonConfig keys) {
    List<Double> factors = keys.numbers("short_factor");
    if (factors == null || factors.size() != size / 2) {
      throw new UserException(
          keys.place() + ": longrope needs short_factor with " + size / 2 + " numbers");
    }
    double factor = keys.number("factor", (double) context / original, 1e-3, 1e6);
    double usual = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    float[] frequencies = new float[size / 2];
    for (int i = 0; i < frequencies.length; i++) {
      float exponent = (float) (2 * i) / size;
      float base = (float) Math.pow(theta, exponent);
      frequencies[i] = 1.0f / (factors.get(i).floatValue() * base);
    }
    return new Rope(frequencies, keys.number("attention_factor", usual, 1e-3, 1e3), original);
  }

  private static int known(@Nullable Integer original, JsonConfig keys) {
    if (original == null) {
      throw keys.missing("original_max_position_embeddings");
    }
    return original;
  }

  private static double required(String key, JsonConfig keys) {
    Double value = keys.number(key, 1e-3, 1e6);
    if (value == null) {
      throw keys.missing(key);
    }
    return value;
  }
}
