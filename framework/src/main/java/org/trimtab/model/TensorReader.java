package org.trimtab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.trimtab.model.TensorInventory.Part;
import org.trimtab.model.family.TensorNames.RowOrder;
import org.trimtab.model.weights.WeightFile;

/**
 * Copies tensors from a weight file, which {@link TensorInventory} has checked, to the device, a
 * bounded number of rows at a time.
 *
 * @param manager owns the arrays
 * @param type of matrices; vectors (norms, biases of norms) are read as fp32 where asked
 */
record TensorReader(NDManager manager, WeightFile file, DataType type) {
  private static final long CHUNK_BYTES = 64L << 20;

  /** Stacks matrices of the same width: [sum of rows, columns]. */
  NDArray matrix(long columns, List<Part> parts) {
    long rows = parts.stream().mapToLong(Part::rows).sum();
    long chunk = Math.max(1, CHUNK_BYTES / 4 / columns);
    NDArray whole = manager.zeros(new Shape(rows, columns), type);
    long at = 0;
    for (Part part : parts) {
      for (long first = 0; first < part.rows(); first += chunk) {
        long count = Math.min(chunk, part.rows() - first);
        try (NDManager scratch = manager.newSubManager()) {
          NDArray piece = rows(scratch, part, first, count, columns);
          whole.set(new NDIndex("{}:{}", at, at + count), piece);
        }
        at += count;
      }
    }
    return whole;
  }

  private NDArray rows(NDManager scratch, Part part, long first, long count, long columns) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.toIntExact(count * columns * 4))
            .order(ByteOrder.nativeOrder());
    FloatBuffer floats = bytes.asFloatBuffer();
    if (part.order() == RowOrder.SAME) {
      file.read(part.name(), first * columns, floats);
    } else {
      int width = Math.toIntExact(columns);
      for (int row = 0; row < count; row++) {
        long source = part.order().source(first + row);
        file.read(part.name(), source * columns, floats.slice(row * width, width));
      }
    }
    NDArray piece = scratch.create(bytes, new Shape(count, columns), DataType.FLOAT32);
    return type == DataType.FLOAT32 ? piece : piece.toType(type, false);
  }

  /** The values of vectors one after the other, plus a constant, as fp32. */
  float[] values(long length, String name, RowOrder order) {
    FloatBuffer buffer = FloatBuffer.allocate(Math.toIntExact(length));
    file.read(name, 0, buffer);
    float[] stored = buffer.array();
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = stored[Math.toIntExact(order.source(i))];
    }
    return values;
  }

  /** A norm's weight, [length], always fp32: the norm is computed in fp32. */
  NDArray norm(long length, String name, float plus) {
    float[] values = values(length, name, RowOrder.SAME);
    for (int i = 0; i < values.length; i++) {
      values[i] += plus;
    }
    return manager.create(values);
  }

  /** Bias vectors one after the other; one that the file lacks is 0. */
  NDArray bias(List<Part> parts) {
    float[] values = new float[Math.toIntExact(parts.stream().mapToLong(Part::rows).sum())];
    int at = 0;
    for (Part part : parts) {
      if (file.names().contains(part.name())) {
        float[] piece = values(part.rows(), part.name(), part.order());
        System.arraycopy(piece, 0, values, at, piece.length);
      }
      at += Math.toIntExact(part.rows());
    }
    NDArray array = manager.create(values);
    return type == DataType.FLOAT32 ? array : array.toType(type, false);
  }
}
