package org.trimtab.selftest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.trimtab.model.weights.TensorInfo;
import org.trimtab.model.weights.WeightFile;

/** Compares a dequantised tensor with its first and last values and its sums. */
final class DequantisedValues {
  /** Sums in double precision differ only by the order of additions. */
  private static final double SUM = 1e-9;

  private static final int CHUNK = 1 << 16;

  private DequantisedValues() {}

  static Finding compare(JsonNode entry, WeightFile weights) {
    String name = entry.path("tensor").asText();
    TensorInfo info = weights.info(name);
    List<String> unequal = new ArrayList<>();
    List<Long> shape =
        StreamSupport.stream(entry.path("shape_row_major").spliterator(), false)
            .map(JsonNode::asLong)
            .toList();
    if (!info.shape().equals(shape)) {
      unequal.add("shape " + info.shape() + ", expected " + shape);
    } else {
      values(entry, weights, name, info.count(), unequal);
    }
    String kind = info.count() + " values";
    return Finding.equal(name, kind, unequal.isEmpty(), String.join("; ", unequal));
  }

  private static void values(
      JsonNode entry, WeightFile weights, String name, long count, List<String> unequal) {
    JsonNode first = entry.path("first8");
    JsonNode last = entry.path("last8");
    double sum = 0;
    double squares = 0;
    for (long at = 0; at < count; at += CHUNK) {
      float[] values = new float[(int) Math.min(CHUNK, count - at)];
      weights.read(name, at, FloatBuffer.wrap(values));
      for (int i = 0; i < values.length; i++) {
        long index = at + i;
        long fromLast = index - (count - last.size());
        check(first, index, index, values[i], unequal);
        check(last, fromLast, index, values[i], unequal);
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
    }
    total(entry, "sum", sum, squares, unequal);
    total(entry, "sum_of_squares", squares, squares, unequal);
  }

  private static void check(
      JsonNode wanted, long place, long index, float found, List<String> unequal) {
    if (place >= 0 && place < wanted.size()) {
      float expected = (float) wanted.get((int) place).asDouble();
      if (Float.floatToRawIntBits(found) != Float.floatToRawIntBits(expected)) {
        unequal.add("value " + index + " is " + found + ", expected " + expected);
      }
    }
  }

  private static void total(
      JsonNode entry, String key, double found, double scale, List<String> unequal) {
    if (entry.has(key)) {
      double wanted = entry.get(key).asDouble();
      if (!(Math.abs(found - wanted) <= SUM * Math.max(1, scale))) {
        unequal.add(key + " is " + found + ", expected " + wanted);
      }
    }
  }
}
