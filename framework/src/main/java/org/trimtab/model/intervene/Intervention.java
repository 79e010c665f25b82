package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.trimtab.model.kernel.Tensors;

/**
 * A fitted, frozen intervention: functions at the decoder's sites, each the identity unless
 * overridden. Layers are 0-based block indices. Legend: N packed tokens, D hidden size, A = heads x
 * head size.
 *
 * <p>{@link #lowestLayer} and {@link #positionWise} decide what the scorer may reuse, so both must
 * be right: an intervention that overstates them gives wrong scores. Not thread-safe.
 */
public interface Intervention extends AutoCloseable {
  /** Changes nothing. */
  Intervention NONE = () -> Integer.MAX_VALUE;

  /**
   * The lowest block that it changes; the number of layers if it acts only on the final hidden
   * state; {@link Integer#MAX_VALUE} if it changes nothing.
   */
  int lowestLayer();

  /**
   * Whether its effect at a position depends on that position's activations alone. If not, prefixes
   * are not shared.
   */
  default boolean positionWise() {
    return true;
  }

  /**
   * Whether a token's keys and values stay valid when the sequence grows, so that generation may
   * cache them. This holds even for interventions that depend on other positions, as long as those
   * are the prompt's.
   */
  default boolean keepsPast() {
    return positionWise();
  }

  /**
   * The o_proj weight to use in a block.
   *
   * @param weight the model's own, [D, A]; must not be changed in place
   */
  default NDArray oProjWeight(int layer, NDArray weight) {
    return weight;
  }

  /** The input of o_proj (the concatenated head outputs), [N, A]. */
  default NDArray oProjInput(int layer, NDArray z, Rows rows) {
    return z;
  }

  /**
   * o_proj under this intervention, without its bias: [N, A] to [N, D]. Overridden only if rows
   * differ in their intervention.
   */
  default NDArray oProj(int layer, NDArray z, OutputProjection own, Rows rows) {
    return own.apply(oProjInput(layer, z, rows), oProjWeight(layer, own.weight()));
  }

  /** A block's output (the residual stream after it), [N, D]. */
  default NDArray blockOutput(int layer, NDArray hidden, Rows rows) {
    return hidden;
  }

  /** The final hidden state, after the last norm and before the unembedding, [N, D]. */
  default NDArray finalHidden(NDArray hidden, Rows rows) {
    return hidden;
  }

  /** Whether {@link #logits} is anything but the model's own unembedding. */
  default boolean changesLogits() {
    return false;
  }

  /**
   * Logits in fp32 of the final hidden states whose next token is asked for, [n, D] to [n, V].
   * Called only if {@link #changesLogits} says so.
   *
   * @param hidden after {@link #finalHidden}
   */
  default NDArray logits(NDArray hidden, Unembedding own) {
    return own.apply(hidden);
  }

  /**
   * How many parameters it changes or adds: entries of edited matrices, or of vectors that are
   * added. Nothing for what has no such number, as it differs from prompt to prompt, or says none.
   *
   * @param oProjEntries the entries of one o_proj weight, D x A
   */
  default OptionalLong parameters(long oProjEntries) {
    return lowestLayer() == Integer.MAX_VALUE ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /**
   * The directions of the residual stream along which it acts, by block, each [D] of length 1;
   * empty for what has none, or changes nothing.
   *
   * @param oProj the model's o_proj weight of a block, [D, A]
   */
  default Map<Integer, float[]> directions(IntFunction<NDArray> oProj) {
    return Map.of();
  }

  /**
   * What stands before a task's prompt: answered examples, for few-shot prompts. Empty for what
   * acts in the model; evaluators that ask no task leave it out.
   */
  default String context() {
    return "";
  }

  /** Frees what it holds on the device. */
  @Override
  default void close() {}

  /**
   * The unmodified unembedding.
   *
   * @param product final hidden states to logits in fp32, [n, D] to [n, V]
   */
  record Unembedding(UnaryOperator<NDArray> product) {
    /** Logits in fp32 of final hidden states. */
    public NDArray apply(NDArray hidden) {
      return product.apply(hidden);
    }
  }

  /**
   * A block's unmodified o_proj, without its bias.
   *
   * @param weight [D, A]; must not be changed in place
   * @param product x to x W^T in the fastest way, [N, A] to [N, D]
   */
  record OutputProjection(NDArray weight, UnaryOperator<NDArray> product) {
    /** A projection that multiplies by the plain weight. */
    public static OutputProjection of(NDArray weight) {
      return new OutputProjection(weight, x -> Tensors.linear(x, weight));
    }

    /** The product with this weight, or with another one in its place. */
    NDArray apply(NDArray x, NDArray used) {
      return used == weight ? product.apply(x) : Tensors.linear(x, used);
    }
  }
}
