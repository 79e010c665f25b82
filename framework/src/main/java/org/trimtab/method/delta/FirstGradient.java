package org.trimtab.method.delta;

import org.trimtab.UserException;
import org.trimtab.model.Decoder;

/** Guards against training that cannot begin. */
final class FirstGradient {
  private FirstGradient() {}

  /**
   * Refuses a loss without a gradient, with the reason.
   *
   * @param what the setting, for messages: {@code layers 7}
   * @param layer the lowest block that is trained
   */
  static void check(Loss.Point first, String what, Decoder decoder, int layer) {
    if (!Double.isFinite(first.value())) {
      throw new UserException(
          ("%s: the loss is %s before the first step; the model does not score these"
                  + " examples (with precision: float16, try float32)")
              .formatted(what, first.value()));
    }
    for (float slope : first.gradient()) {
      if (slope != 0) {
        return;
      }
    }
    throw new UserException(
        what + ": the gradient is zero at the first step: " + cause(first, decoder, layer));
  }

  private static String cause(Loss.Point first, Decoder decoder, int layer) {
    if (first.value() == 0) {
      return "the loss is already 0, so these examples have nothing to teach; use others";
    }
    if (decoder.oProjWeight(layer).abs().max().getFloat() == 0) {
      return "o_proj of this block is zero, so that nothing passes it; use another layer, or site:"
          + " block-output";
    }
    return "what is read does not depend on this block's output; use a lower layer (with"
        + " precision: float16 it may have underflowed: use float32)";
  }
}
