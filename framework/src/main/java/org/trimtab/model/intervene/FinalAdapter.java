package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trimtab.model.kernel.Tensors;

/**
 * A post-transformer adapter: a small module on the final hidden state, after the final norm and
 * before the unembedding (arXiv 2604.14174), computed in fp32. Nothing reads its output but the
 * unembedding, so {@link Placement} changes no score and no text.
 *
 * @param layers the model's number of blocks
 * @param module what it adds; closed with this one
 * @param factor multiplies what it adds; 0 changes nothing
 * @param placement at which positions it is computed
 * @param released the faults of the released code; null for none
 */
public record FinalAdapter(
    int layers, Weights module, double factor, Placement placement, @Nullable Released released)
    implements Intervention {
  /** At which positions an adapter is computed. */
  public enum Placement {
    /** At every position of a pass. */
    ALL,
    /** At the last position alone: the one whose next token is asked for. */
    LAST
  }

  /**
   * What an adapter adds to a state h: (sigmoid(h G^T) * (h R^T)) W^T with a gate G, else (h R^T)
   * W^T. Gradients flow to the tensors.
   *
   * @param gate G, [r, D]; null for a linear module
   * @param read R, [r, D]
   * @param write W, [D, r]
   */
  public record Weights(@Nullable NDArray gate, NDArray read, NDArray write)
      implements AutoCloseable {
    /** The change of states in fp32, [N, D] to [N, D]. */
    public NDArray change(NDArray hidden) {
      NDArray inner = Tensors.linear(hidden, read);
      if (gate != null) {
        inner = Activation.sigmoid(Tensors.linear(hidden, gate)).mul(inner);
      }
      return Tensors.linear(inner, write);
    }

    /** All tensors: the gate, if there is one, what reads and what writes. */
    public List<NDArray> tensors() {
      return Stream.concat(Stream.ofNullable(gate), Stream.of(read, write)).toList();
    }

    @Override
    public void close() {
      tensors().forEach(NDArray::close);
    }
  }

  /**
   * What the code released with the paper does otherwise: it applies the final norm twice, and
   * unembeds with the embedding, even if the model has an unembedding of its own.
   *
   * @param norm the final norm, [N, D] to [N, D]
   * @param head logits in fp32 by the embedding, [n, D] to [n, V]
   */
  public record Released(UnaryOperator<NDArray> norm, UnaryOperator<NDArray> head) {}

  @Override
  public int lowestLayer() {
    return layers;
  }

  @Override
  public OptionalLong parameters(long oProjEntries) {
    return OptionalLong.of(
        factor == 0 ? 0 : module.tensors().stream().mapToLong(NDArray::size).sum());
  }

  @Override
  public NDArray finalHidden(NDArray hidden, Rows rows) {
    return placement == Placement.ALL ? adapted(hidden) : hidden;
  }

  @Override
  public boolean changesLogits() {
    return placement == Placement.LAST || released != null;
  }

  @Override
  public NDArray logits(NDArray hidden, Unembedding own) {
    NDArray read = placement == Placement.LAST ? adapted(hidden) : hidden;
    return released == null ? own.apply(read) : released.head().apply(read);
  }

  private NDArray adapted(NDArray hidden) {
    NDArray input = released == null ? hidden : released.norm().apply(hidden);
    if (factor == 0) {
      return input;
    }
    NDArray wide = input.toType(DataType.FLOAT32, false);
    NDArray change = module.change(wide);
    return wide.add(factor == 1 ? change : change.mul((float) factor))
        .toType(hidden.getDataType(), false);
  }

  @Override
  public void close() {
    module.close();
  }
}
