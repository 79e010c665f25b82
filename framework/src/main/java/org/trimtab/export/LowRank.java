package org.trimtab.export;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.trimtab.export.Changes.RankOne;
import org.trimtab.model.intervene.OProjEdit;

/**
 * Edits of o_proj as a LoRA: W' = W + B A.
 *
 * @param rank r, the same for all blocks
 * @param width A, columns of o_proj
 * @param hidden D, rows of o_proj
 * @param factors the two matrices by block
 */
record LowRank(int rank, int width, int hidden, SortedMap<Integer, Factors> factors) {
  /**
   * @param a [r, A], row-major
   * @param b [D, r], row-major
   */
  record Factors(float[] a, float[] b) {}

  /**
   * Computes the factors in fp64; those of blocks with fewer edits than others are padded with
   * zeros. Edits of one block are applied one after the other, so each sees the weights that the
   * one before left.
   *
   * @param weight the model's own o_proj of a block, [D, A] row-major
   */
  static LowRank of(
      SortedMap<Integer, List<RankOne>> edits, IntFunction<float[]> weight, int hidden, int width) {
    int rank = edits.values().stream().mapToInt(List::size).max().orElse(0);
    SortedMap<Integer, Factors> factors = new TreeMap<>();
    edits.forEach(
        (layer, own) -> factors.put(layer, factors(own, weight.apply(layer), rank, hidden, width)));
    return new LowRank(rank, width, hidden, factors);
  }

  private static Factors factors(
      List<RankOne> edits, float[] weight, int rank, int hidden, int width) {
    double[] now = new double[weight.length];
    Arrays.setAll(now, i -> weight[i]);
    float[] a = new float[rank * width];
    float[] b = new float[hidden * rank];
    for (int r = 0; r < edits.size(); r++) {
      RankOne edit = edits.get(r);
      boolean output = edit.side() == OProjEdit.Side.OUTPUT;
      double[] direction = widened(edit.direction());
      double[] row = output ? rowTimes(direction, now, width) : direction;
      double[] column = output ? direction : timesColumn(now, direction, hidden);
      for (int i = 0; i < hidden; i++) {
        for (int j = 0; j < width; j++) {
          now[i * width + j] += edit.factor() * column[i] * row[j];
        }
      }
      // Both factors get the same norm, so that half precision would hold either.
      double balance = Math.sqrt(Math.abs(edit.factor()) * norm(column) / norm(row));
      double scale = Double.isFinite(balance) && balance > 0 ? balance : 1;
      for (int j = 0; j < width; j++) {
        a[r * width + j] = (float) (row[j] * scale);
      }
      for (int i = 0; i < hidden; i++) {
        b[i * rank + r] = (float) (edit.factor() * column[i] / scale);
      }
    }
    return new Factors(a, b);
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  /** d^T W, [A]. */
  private static double[] rowTimes(double[] d, double[] weight, int width) {
    double[] row = new double[width];
    for (int i = 0; i < d.length; i++) {
      for (int j = 0; j < width; j++) {
        row[j] += d[i] * weight[i * width + j];
      }
    }
    return row;
  }

  /** W d, [D]. */
  private static double[] timesColumn(double[] weight, double[] d, int hidden) {
    double[] column = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      for (int j = 0; j < d.length; j++) {
        column[i] += weight[i * d.length + j] * d[j];
      }
    }
    return column;
  }

  private static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
