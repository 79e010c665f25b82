package org.trimtab.model.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.UserException;
import org.trimtab.model.weights.MappedWeights.StoredTensor;

/** Reads and checks the list of tensors in a GGUF header. */
final class GgufTensors {
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_DIMENSIONS = 4;
  private static final int LEAST_BYTES_OF_TENSOR = 8 + 4 + 4 + 8;

  /** Types of GGUF that this reader does not support, for messages. */
  private static final Map<Integer, String> OTHER_TYPES =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"));

  private record Entry(String name, StorageType type, List<Long> shape, long offset, long bytes) {}

  private final MappedFile file;
  private final GgufCursor cursor;

  GgufTensors(MappedFile file, GgufCursor cursor) {
    this.file = file;
    this.cursor = cursor;
  }

  /** The smallest number of bytes that a tensor takes in the header. */
  static int leastBytes() {
    return LEAST_BYTES_OF_TENSOR;
  }

  /** Reads the list of tensors; their data begins at the next multiple of the alignment. */
  Map<String, StoredTensor> read(int count, long alignment) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(i));
    }
    long dataStart = (cursor.position() + alignment - 1) / alignment * alignment;
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (tensors.put(entry.name(), placed(entry, dataStart, alignment)) != null) {
        throw problem(entry.name(), "occurs twice");
      }
    }
    TensorLayout.requireDisjoint(file, tensors.values());
    requireContiguous(entries, dataStart, alignment);
    return tensors;
  }

  /** Each tensor begins where the one before it ends, padded, as llama.cpp demands. */
  private void requireContiguous(List<Entry> entries, long dataStart, long alignment) {
    long next = 0;
    for (Entry entry : entries) {
      if (entry.offset() != next) {
        throw problem(
            entry.name(),
            "lies at offset %d, but the tensor before it ends at %d; a type or a shape is wrong"
                .formatted(entry.offset(), next));
      }
      next = (next + entry.bytes() + alignment - 1) / alignment * alignment;
    }
    if (!entries.isEmpty() && file.size() - dataStart > next) {
      throw file.problem(
          "has %d bytes of data, but its tensors take %d; a type or a shape is wrong"
              .formatted(file.size() - dataStart, next));
    }
  }

  private Entry entry(int index) {
    String name = cursor.string("the name of tensor " + index, LONGEST_NAME);
    String what = "tensor '" + name + "'";
    int dimensions = cursor.i32("the number of dimensions of " + what);
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
      throw problem(
          name,
          "has %s dimensions; at most %s are allowed"
              .formatted(Integer.toUnsignedString(dimensions), MOST_DIMENSIONS));
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(cursor.u64("the shape of " + what));
    }
    Collections.reverse(shape);
    StorageType type = type(cursor.i32("the type of " + what), name);
    long offset = cursor.u64("the offset of " + what);
    return new Entry(name, type, shape, offset, TensorLayout.bytes(file, name, type, shape));
  }

  private StorageType type(int number, String name) {
    return StorageType.ofGguf(number)
        .orElseThrow(
            () ->
                problem(
                    name,
                    "has type "
                        + OTHER_TYPES.getOrDefault(number, Integer.toUnsignedString(number))
                        + "; readable types are "
                        + StorageType.ggufNames()));
  }

  private StoredTensor placed(Entry entry, long dataStart, long alignment) {
    long available = Math.max(0, file.size() - dataStart);
    if (entry.offset() % alignment != 0) {
      throw problem(
          entry.name(),
          "lies at offset " + entry.offset() + ", not a multiple of the alignment " + alignment);
    }
    if (entry.offset() > available || entry.bytes() > available - entry.offset()) {
      throw problem(
          entry.name(),
          ("takes %s bytes at offset %s, but the file has %s bytes of data; it is truncated"
                  + " or damaged")
              .formatted(entry.bytes(), entry.offset(), available));
    }
    TensorInfo info = new TensorInfo(entry.name(), entry.type().name(), entry.shape());
    return new StoredTensor(info, entry.type(), file, dataStart + entry.offset(), entry.bytes());
  }

  private UserException problem(String tensor, String message) {
    return TensorLayout.problem(file, tensor, message);
  }
}
