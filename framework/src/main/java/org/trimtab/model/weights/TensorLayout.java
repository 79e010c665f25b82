package org.trimtab.model.weights;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights.StoredTensor;

/** Checks on shapes and places that both file formats share. All arithmetic is overflow-safe. */
final class TensorLayout {
  private TensorLayout() {}

  /**
   * The bytes that a tensor of a shape takes.
   *
   * @throws UserException when the shape is negative, too large, or its rows are not whole blocks
   */
  static long bytes(MappedFile file, String name, StorageType type, List<Long> shape) {
    long count = 1;
    for (long length : shape) {
      if (length < 0) {
        throw problem(file, name, "has a negative length in its shape " + shape);
      }
      try {
        count = Math.multiplyExact(count, length);
      } catch (ArithmeticException e) {
        throw problem(file, name, "has an impossible shape " + shape);
      }
    }
    long row = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
    if (row % type.blockLength() != 0) {
      throw problem(
          file,
          name,
          "has rows of " + row + " values; " + type + " needs a multiple of " + type.blockLength());
    }
    try {
      return type.bytes(count);
    } catch (ArithmeticException e) {
      throw problem(file, name, "has an impossible shape " + shape);
    }
  }

  /** Refuses tensors that share bytes. */
  static void requireDisjoint(MappedFile file, Collection<StoredTensor> tensors) {
    List<StoredTensor> sorted =
        tensors.stream()
            .filter(tensor -> tensor.bytes() > 0)
            .sorted(Comparator.comparingLong(StoredTensor::offset))
            .toList();
    for (int i = 1; i < sorted.size(); i++) {
      StoredTensor before = sorted.get(i - 1);
      StoredTensor tensor = sorted.get(i);
      if (tensor.offset() < before.offset() + before.bytes()) {
        throw problem(file, tensor.info().name(), "overlaps tensor '" + before.info().name() + "'");
      }
    }
  }

  static UserException problem(MappedFile file, String tensor, String message) {
    return file.problem("tensor '" + tensor + "' " + message);
  }
}
