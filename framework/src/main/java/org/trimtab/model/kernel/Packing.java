package org.trimtab.model.kernel;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * Weights in the layout that oneDNN's matrix product reads. Plain weights are packed again for
 * every product, which for few rows takes longer than the product itself. From two rows on, a row's
 * result with packed weights does not depend on the number of rows. No gradients flow through
 * products with packed weights.
 */
public final class Packing implements AutoCloseable {
  private final Kernel order;
  private final Kernel linear;

  private Packing(NDManager manager) {
    order = new Kernel(manager, "Packing", Map.of());
    linear = new Kernel(manager, "Linear", Map.of(), /* packed= */ true);
  }

  /** The packing of a manager's device; empty if the engine is built without it. */
  public static Optional<Packing> of(NDManager manager) {
    if (manager.getDevice().isGpu()) {
      return Optional.empty();
    }
    try {
      Packing packing = new Packing(manager);
      try (NDArray probe = manager.ones(new Shape(2, 2), DataType.FLOAT32)) {
        packing.pack(probe).close();
      }
      return Optional.of(packing);
    } catch (EngineException e) {
      return Optional.empty(); // an engine for a processor that oneDNN does not know
    }
  }

  /**
   * The packed form of a weight.
   *
   * @param weight [out, in] in fp32; stays as it is
   * @return owned by the manager of {@code weight}; only for kernels made for packed weights
   */
  public NDArray pack(NDArray weight) {
    return order.apply(weight);
  }

  /** As {@link #pack}, but frees {@code weight}. */
  public NDArray replace(NDArray weight) {
    try (weight) {
      return pack(weight);
    }
  }

  /** The weight that was packed, to the last bit, owned by the manager of {@code packed}. */
  public NDArray unpack(NDArray packed) {
    return order.call().with(packed).run("unpack").singletonOrThrow();
  }

  /** x W^T for a packed W, [N, in] to [N, out], owned by the manager of {@code x}. */
  public NDArray product(NDArray x, NDArray packed) {
    return linear.apply(x, packed);
  }

  @Override
  public void close() {
    order.close();
    linear.close();
  }
}
