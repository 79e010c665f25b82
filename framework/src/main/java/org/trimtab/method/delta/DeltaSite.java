package org.trimtab.method.delta;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trimtab.UserException;
import org.trimtab.method.Adjustable;
import org.trimtab.method.FitContext;
import org.trimtab.method.FittedMethod;
import org.trimtab.method.LearnedDirections;
import org.trimtab.method.LearnedVector;
import org.trimtab.model.Decoder;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.PromptEndDelta;
import org.trimtab.plan.ModelFacts;
import org.trimtab.spec.LayerRange;

/** Where a delta acts in a model. */
record DeltaSite(Decoder decoder, int layer, PromptEndDelta.Site site) {
  static DeltaSite of(LearnedDeltaSettings settings, FitContext context) {
    return new DeltaSite(context.model().decoder(), settings.layer(), settings.site().only());
  }

  /**
   * Refuses a range of more than one block.
   *
   * @param what acts there, for the message
   */
  static void checkOneBlock(LayerRange range, ModelFacts model, String what) {
    if (range.first(model.layers()) != range.last(model.layers())) {
      throw new UserException(
          ("layers %s: %s acts in one block; write a list such as [5, 10, 60%%], each of"
                  + " which is a cell")
              .formatted(range, what));
    }
  }

  /** Entries of a vector: A at the o_proj input, D at the block output. */
  int width() {
    ModelConfig config = decoder.config();
    return site == PromptEndDelta.Site.O_PROJ_INPUT ? config.attentionWidth() : config.hidden();
  }

  /** Entries of a group: a head's at the o_proj input; the block output has no heads. */
  int groupSize() {
    return site == PromptEndDelta.Site.O_PROJ_INPUT ? decoder.config().headSize() : width();
  }

  /** The intervention of a vector on the device. */
  PromptEndDelta delta(NDArray vector) {
    return new PromptEndDelta(layer, site, vector);
  }

  /**
   * The result of a fit that learned a vector, which is kept without the factor.
   *
   * @param method the method's name
   */
  FittedMethod fitted(
      String method, LearnedVector vector, double factor, Map<String, Object> facts) {
    return new FittedMethod(
        delta(vector, factor),
        facts,
        Optional.of(Adjustable.factor(factor, value -> delta(vector, value))),
        Optional.of(kept(method, vector, false)));
  }

  /** A vector to be kept with the results. */
  LearnedDirections kept(String method, LearnedVector vector, boolean unitLength) {
    String where = site == PromptEndDelta.Site.O_PROJ_INPUT ? "o-proj-input" : "block-output";
    return new LearnedDirections(
        new TreeMap<>(Map.of(layer, vector.values())),
        Map.of("method", method, "site", where, "unit_length", Boolean.toString(unitLength)));
  }

  /** The intervention of a vector times a factor; to be closed. */
  PromptEndDelta delta(LearnedVector vector, double factor) {
    return delta(decoder.manager().create(vector.times(factor)));
  }
}
