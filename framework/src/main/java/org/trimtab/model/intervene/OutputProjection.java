package org.trimtab.model.intervene;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.trimtab.model.kernel.Tensors;

/**
 * A block's unmodified o_proj, without its bias.
 *
 * @param weight [D, A]; must not be changed in place
 * @param product x to x W^T in the fastest way, [N, A] to [N, D]
 */
public record OutputProjection(NDArray weight, UnaryOperator<NDArray> product) {
  /** A projection that multiplies by the plain weight. */
  public static OutputProjection of(NDArray weight) {
    return new OutputProjection(weight, x -> Tensors.linear(x, weight));
  }

  /** The product with this weight, or with another one in its place. */
  NDArray apply(NDArray x, NDArray used) {
    return used == weight ? product.apply(x) : Tensors.linear(x, used);
  }
}
