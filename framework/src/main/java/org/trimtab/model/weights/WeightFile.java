package org.trimtab.model.weights;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A weight file, or a folder of shards, opened for reading. Memory-mapped; safe for use by several
 * threads. Everything that the header says is checked when it is opened.
 */
public interface WeightFile extends AutoCloseable {
  /** The files that the weights are in, in a fixed order. */
  List<Path> files();

  /** The names of all tensors. */
  Set<String> names();

  /**
   * What the file says of a tensor.
   *
   * @throws org.trimtab.UserException when there is none of that name; names the nearest ones
   */
  TensorInfo info(String name);

  /**
   * Reads {@code target.remaining()} values as fp32, dequantised, starting at value {@code first}
   * of the tensor in row-major order.
   *
   * @param first index of the first value; for block-quantised types a multiple of the block's
   *     length
   */
  void read(String name, long first, FloatBuffer target);

  @Override
  void close();
}
