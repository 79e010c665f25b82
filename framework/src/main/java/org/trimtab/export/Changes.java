package org.trimtab.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trimtab.UserException;
import org.trimtab.evaluate.answer.AnsweringIntervention;
import org.trimtab.method.adapter.Variant;
import org.trimtab.method.delta.BiasTuning.BlockBias;
import org.trimtab.model.family.ModelConfig;
import org.trimtab.model.intervene.Combined;
import org.trimtab.model.intervene.FinalAdapter;
import org.trimtab.model.intervene.Intervention;
import org.trimtab.model.intervene.OProjEdit;
import org.trimtab.model.intervene.PromptEndDelta;

/**
 * What an intervention changes for all tokens alike, so that it can be said without a program.
 *
 * @param edits edits of o_proj by block, in the order in which they are applied
 * @param rescaled whether the columns of an edited o_proj get back the length that they had
 * @param vectors vectors [D] added to the output of blocks
 * @param adapter a module on the final hidden state; null for none
 */
record Changes(
    SortedMap<Integer, List<RankOne>> edits,
    boolean rescaled,
    SortedMap<Integer, float[]> vectors,
    @Nullable AdapterFile adapter) {
  /** Copies the maps. */
  Changes {
    edits = Collections.unmodifiableSortedMap(new TreeMap<>(edits));
    vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
  }

  /**
   * W' = W + k d (d^T W) on the output side, W' = W + k (W d) d^T on the input side.
   *
   * @param factor k
   * @param direction d, of length 1
   */
  record RankOne(OProjEdit.Side side, double factor, float[] direction) {}

  /**
   * What an intervention changes.
   *
   * @throws UserException when it cannot be said in any form
   */
  static Changes of(Intervention intervention, ModelConfig config) {
    if (!intervention.context().isEmpty()) {
      throw refused("puts answered examples before the prompt");
    }
    SortedMap<Integer, List<RankOne>> edits = new TreeMap<>();
    SortedMap<Integer, float[]> vectors = new TreeMap<>();
    List<AdapterFile> adapters = new ArrayList<>();
    boolean rescaled = add(intervention, config, edits, vectors, adapters);
    if (adapters.size() > 1) {
      throw refused("consists of several adapters on the final hidden state");
    }
    return new Changes(edits, rescaled, vectors, adapters.isEmpty() ? null : adapters.get(0));
  }

  /** Returns whether columns get back their length. */
  private static boolean add(
      Intervention intervention,
      ModelConfig config,
      SortedMap<Integer, List<RankOne>> edits,
      SortedMap<Integer, float[]> vectors,
      List<AdapterFile> adapters) {
    if (intervention instanceof FinalAdapter adapter) {
      if (adapter.factor() != 0 || adapter.released() != null) {
        adapters.add(AdapterFile.of(adapter));
      }
      return false;
    }
    if (intervention instanceof OProjEdit edit) {
      edit.directions()
          .forEach(
              (layer, direction) -> {
                if (edit.factor() != 0) {
                  edits
                      .computeIfAbsent(layer, l -> new ArrayList<>())
                      .add(new RankOne(edit.side(), edit.factor(), direction));
                }
              });
      return edit.normPreserving() && edit.factor() != 0;
    }
    if (intervention instanceof BlockBias bias) {
      float[] all = values(bias.biases());
      for (int layer = 0; layer < config.layers(); layer++) {
        for (int i = 0; i < config.hidden(); i++) {
          float value = all[layer * config.hidden() + i];
          if (value != 0) {
            vectors.computeIfAbsent(layer, l -> new float[config.hidden()])[i] += value;
          }
        }
      }
      return false;
    }
    if (intervention instanceof Combined combined) {
      boolean rescaled = false;
      for (Intervention part : combined.parts()) {
        rescaled |= add(part, config, edits, vectors, adapters);
      }
      return rescaled;
    }
    if (intervention.lowestLayer() == Integer.MAX_VALUE
        && !(intervention instanceof AnsweringIntervention)) {
      return false;
    }
    throw refused(reason(intervention, config));
  }

  private static String reason(Intervention intervention, ModelConfig config) {
    if (intervention instanceof PromptEndDelta) {
      return "adds its vector at the last position of the prompt only, and files add theirs at all"
          + " positions";
    }
    if (intervention.lowestLayer() == config.layers()) {
      return "is a module on the final hidden state, which models of its family do not have";
    }
    if (intervention instanceof AnsweringIntervention) {
      return "is another one for each question";
    }
    if (!intervention.positionWise()) {
      return "depends on the other tokens of the text";
    }
    return "(" + intervention.getClass().getSimpleName() + ") is code, not numbers";
  }

  private static UserException refused(String reason) {
    return new UserException("this intervention " + reason + "; none of the forms can say that");
  }

  private static float[] values(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT32, true)) {
      return wide.toFloatArray();
    }
  }

  boolean none() {
    return edits.isEmpty() && vectors.isEmpty() && adapter == null;
  }

  /**
   * Refuses a form that cannot say this exactly.
   *
   * @param gguf whether the model is a GGUF file
   * @throws UserException with the reason, and the forms that can
   */
  void check(Form form, ModelConfig config, boolean gguf) {
    @Nullable String reason = obstacle(form, config, gguf);
    if (reason != null) {
      String able =
          Arrays.stream(Form.values())
              .filter(other -> obstacle(other, config, gguf) == null)
              .map(Form::toString)
              .collect(Collectors.joining(", "));
      throw new UserException(
          "--as " + form + ": " + reason + (able.isEmpty() ? "" : "; what can say it: " + able));
    }
  }

  /** Why a form cannot say this exactly; null when it can. */
  private @Nullable String obstacle(Form form, ModelConfig config, boolean gguf) {
    if (none()) {
      return form == Form.WEIGHTS ? null : "the cell changes nothing";
    }
    if (adapter != null && form != Form.ADAPTER) {
      @Nullable String reason = adapterObstacle(form, adapter, config);
      if (reason != null) {
        return reason;
      }
    }
    boolean vector = !vectors.isEmpty();
    return switch (form) {
      case ADAPTER ->
          adapter == null
              ? "there is no adapter on the final hidden state"
              : vector || !edits.isEmpty()
                  ? "the files of an adapter have no place for what changes in the blocks"
                  : null;
      case WEIGHTS ->
          vector && !config.family().mlpBiasSwitch()
              ? ("a vector added to a block's output would be a bias of down_proj, which"
                      + " transformers leaves out of models of family %s without a word")
                  .formatted(config.family().name())
              : null;
      case GGUF ->
          !gguf
              ? "the model is a hub folder (llama.cpp's convert_hf_to_gguf.py converts one)"
              : vector
                  ? "a vector added to a block's output would be a bias, which GGUF models of this"
                      + " kind do not have"
                  : null;
      case LORA, LORA_GGUF ->
          vector
              ? "a LoRA multiplies, and this adds a vector"
              : rescaled
                  ? "norm_preserving makes the edit one of full rank, which a LoRA only approximates"
                  : form == Form.LORA_GGUF && unknownToGguf(config, gguf)
                      ? "no GGUF architecture is known for family " + config.family().name()
                      : null;
      case CONTROL_VECTOR ->
          !edits.isEmpty()
              ? "an edit of o_proj multiplies, and a control vector adds"
              : vectors.containsKey(0)
                  ? "llama.cpp cannot add a vector to the output of block 0, and this one does"
                  : unknownToGguf(config, gguf)
                      ? "no GGUF architecture is known for family " + config.family().name()
                      : null;
      case STEERED ->
          edits.isEmpty() ? null : "an edit of o_proj multiplies, and a steering vector adds";
    };
  }

  /** Why an adapter is not in weights, or not in this form; null when it is. */
  private static @Nullable String adapterObstacle(
      Form form, AdapterFile adapter, ModelConfig config) {
    if (!form.wholeModel()) {
      return "an adapter changes the final hidden state, and this form the blocks";
    }
    if (adapter.released()) {
      return "as_released applies the final norm twice, which no weights do";
    }
    if (adapter.variant() == Variant.GATED) {
      return "a gated adapter is no product of matrices, and models of family "
          + config.family().name()
          + " have no module in its place";
    }
    return config.embedding().tied()
        ? "a linear adapter is merged into the unembedding, which is also the embedding of this"
            + " model (tied), so that the model would read other states"
        : null;
  }

  private static boolean unknownToGguf(ModelConfig config, boolean gguf) {
    return !gguf && config.family().ggufArchitecture().isEmpty();
  }
}
