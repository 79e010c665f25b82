package org.trimtab.model.weights;

import java.util.List;

/**
 * What a weight file says of one tensor.
 *
 * @param name its name in the file
 * @param type its storage type in the file's own spelling: F32, F16, BF16, Q4_1, ...
 * @param shape row-major shape, outermost first (GGUF lists it the other way round; readers turn
 *     it)
 */
public record TensorInfo(String name, String type, List<Long> shape) {
  /** Copies the shape. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  public long count() {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }
}
