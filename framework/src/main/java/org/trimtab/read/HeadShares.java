package org.trimtab.read;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.report.reading.Reading.Heads;

/** Which heads of a block write along a direction d: the norms of the heads' parts of d^T W. */
final class HeadShares {
  private HeadShares() {}

  /**
   * The heads' shares.
   *
   * @param weight o_proj, [D, A]
   * @param direction d, [D], of length 1
   * @param headSize entries of a head
   */
  static Heads of(int layer, NDArray weight, float[] direction, int headSize) {
    try (NDManager scratch = weight.getManager().newSubManager()) {
      NDArray wide = weight.toType(DataType.FLOAT32, true);
      wide.attach(scratch);
      NDArray row = scratch.create(direction, new Shape(1, direction.length));
      float[] written = row.matMul(wide).toFloatArray();
      double usual = wide.norm().toFloatArray()[0] / Math.sqrt(direction.length);
      List<Double> norms = new ArrayList<>();
      double squares = 0;
      for (int from = 0; from < written.length; from += headSize) {
        double own = 0;
        for (int i = from; i < from + headSize; i++) {
          own += (double) written[i] * written[i];
        }
        squares += own;
        norms.add(Math.sqrt(own));
      }
      double sum = norms.stream().mapToDouble(Double::doubleValue).sum();
      double ratio = usual == 0 ? 0 : Math.sqrt(squares) / usual;
      return new Heads(
          layer, ratio, norms.stream().map(norm -> sum == 0 ? 0 : norm / sum).toList());
    }
  }
}
